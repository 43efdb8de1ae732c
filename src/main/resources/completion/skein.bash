# bash completion of skein; printed by: skein completion bash
_skein() {
    local words path
    path="${COMP_WORDS[*]:1:COMP_CWORD-1}"
    path="${path%% -*}"
    case "$path" in
    'demo') words='--help --once --port --workers -h -p' ;;
    'node up') words='--data-dir --help --join --join-key --port --roles -h -p' ;;
    'node') words='--help -h up' ;;
    'worker list') words='--api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'worker get') words='--api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v' ;;
    'worker drain') words='--api-key --ca --ca-file --context --deadline --detach --endpoint --fields --force --help --message --no-color --no-deadline --output --quiet --reason --request-id --timeout --token-file --verbose --wait --yes -h -o -q -v' ;;
    'worker cordon') words='--api-key --ca --ca-file --context --endpoint --fields --help --message --no-color --output --quiet --reason --request-id --timeout --token-file --verbose --yes -h -o -q -v' ;;
    'worker uncordon') words='--api-key --ca --ca-file --context --endpoint --fields --help --message --no-color --output --quiet --reason --request-id --timeout --token-file --verbose --yes -h -o -q -v' ;;
    'worker delete') words='--api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v' ;;
    'worker') words='--help -h cordon delete drain get list uncordon' ;;
    'group deploy') words='--api-key --ca --ca-file --context --dry-run --endpoint --fields --file --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -f -h -o -q -v' ;;
    'group update') words='--api-key --ca --ca-file --context --dry-run --endpoint --fields --file --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -f -h -o -q -v' ;;
    'group plan') words='--api-key --ca --ca-file --context --detailed-exitcode --endpoint --fields --file --help --no-color --output --quiet --request-id --timeout --token-file --verbose -f -h -o -q -v' ;;
    'group list') words='--api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'group get') words='--api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v' ;;
    'group inject') words='--api-key --ca --ca-file --context --data --endpoint --fields --file --help --no-color --output --outputs --quiet --request-id --timeout --token-file --verbose --wait --yes -f -h -o -q -v' ;;
    'group outputs') words='--after --api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --pipeline --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'group migrate') words='--api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --to --token-file --verbose --yes -h -o -q -v' ;;
    'group delete') words='--api-key --ca --ca-file --context --endpoint --fields --help --ids-from --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v' ;;
    'group') words='--help -h delete deploy get inject list migrate outputs plan update' ;;
    'migration list') words='--api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'migration get') words='--api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v' ;;
    'migration') words='--help -h get list' ;;
    'rebalance') words='--api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v' ;;
    'topology') words='--api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'alert list') words='--api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'alert get') words='--api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v' ;;
    'alert ack') words='--api-key --ca --ca-file --context --endpoint --fields --for --help --message --no-color --output --quiet --reason --request-id --timeout --token-file --verbose --yes -h -o -q -v' ;;
    'alert') words='--help -h ack get list' ;;
    'connector list') words='--api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'connector get') words='--api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v' ;;
    'connector create') words='--api-key --ca --ca-file --context --description --endpoint --fields --help --no-color --output --param --param-file --quiet --request-id --timeout --token-file --type --verbose --yes -h -o -q -v' ;;
    'connector update') words='--api-key --ca --ca-file --context --description --endpoint --fields --help --no-color --output --param --param-file --quiet --request-id --timeout --token-file --type --verbose --yes -h -o -q -v' ;;
    'connector delete') words='--api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v' ;;
    'connector') words='--help -h create delete get list update' ;;
    'store backup') words='--conf --data-dir --help -f -h' ;;
    'store restore') words='--conf --data-dir --help --replace -f -h' ;;
    'store check') words='--conf --data-dir --help -f -h' ;;
    'store') words='--help -h backup check restore' ;;
    'token create') words='--data-dir --expires --fields --help --no-color --output --quiet --role --subject -h -o -q' ;;
    'token rotate') words='--algorithm --data-dir --help -h' ;;
    'token keys') words='--data-dir --help -h' ;;
    'token') words='--help -h create keys rotate' ;;
    'cert init') words='--dir --expires --fields --help --name --no-color --node --output --quiet --san -h -o -q' ;;
    'cert show') words='--fields --help --no-color --output --quiet -h -o -q' ;;
    'cert') words='--help -h init show' ;;
    'audit list') words='--data-dir --fields --filter --help --limit --no-color --output --quiet --sort --watch -h -o -q -w' ;;
    'audit export') words='--data-dir --help -h' ;;
    'audit verify') words='--data-dir --help -h' ;;
    'audit') words='--help -h export list verify' ;;
    'config check') words='--conf --help -f -h' ;;
    'config show') words='--conf --fields --filter --help --limit --no-color --origin --output --quiet --sort --watch -f -h -o -q -w' ;;
    'config') words='--help -h check show' ;;
    'context list') words='--fields --filter --help --limit --no-color --output --quiet --sort --watch -h -o -q -w' ;;
    'context use') words='--help -h' ;;
    'context set') words='--ca-file --confirm --endpoint --help --token-command --token-file -h' ;;
    'context delete') words='--help -h' ;;
    'context') words='--help -h delete list set use' ;;
    'doctor') words='--api-key --ca --ca-file --context --data-dir --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v' ;;
    'coordinator') words='--api-key --api-keys --bind --ca --data-dir --heartbeat-interval --heartbeat-timeout --help --join-key --port --rate-limit -h -p' ;;
    'server') words='--advertise --api-key --bind --ca --coordinator --data-dir --help --join-key --max-pipelines --port --worker-id -h -p' ;;
    'version') words='--help -h' ;;
    'completion') words='bash zsh fish' ;;
    'help') words='demo node worker group migration rebalance topology alert connector store token cert audit config context doctor coordinator server version completion help filters exit-codes formats environment aliases' ;;
    '') words='--help -h alert audit cert completion config connector context coordinator demo doctor group help migration node rebalance server store token topology version worker' ;;
    *) words= ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
    [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _skein skein bin/skein
