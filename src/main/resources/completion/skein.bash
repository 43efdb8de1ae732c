# bash completion of skein; printed by: skein completion bash
_skein() {
    local words path
    path="${COMP_WORDS[*]:1:COMP_CWORD-1}"
    path="${path%% -*}"
    case "$path" in
    'demo') words='--help --once --port --workers -h -p' ;;
    'node up') words='--data-dir --help --join --port --roles -h -p' ;;
    'node') words='--help -h up' ;;
    'worker list') words='--api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'worker get') words='--api-key --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v' ;;
    'worker delete') words='--api-key --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v' ;;
    'worker') words='--help -h delete get list' ;;
    'group deploy') words='--api-key --ca-file --context --endpoint --fields --file --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -f -h -o -q -v' ;;
    'group list') words='--api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'group get') words='--api-key --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v' ;;
    'group inject') words='--api-key --ca-file --context --data --endpoint --fields --file --help --no-color --output --outputs --quiet --request-id --timeout --token-file --verbose --wait --yes -f -h -o -q -v' ;;
    'group outputs') words='--after --api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --pipeline --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'group delete') words='--api-key --ca-file --context --endpoint --fields --help --ids-from --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v' ;;
    'group') words='--help -h delete deploy get inject list outputs' ;;
    'topology') words='--api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w' ;;
    'store backup') words='--conf --data-dir --help -f -h' ;;
    'store restore') words='--conf --data-dir --help --replace -f -h' ;;
    'store check') words='--conf --data-dir --help -f -h' ;;
    'store') words='--help -h backup check restore' ;;
    'token create') words='--data-dir --expires --fields --help --no-color --output --quiet --role --subject -h -o -q' ;;
    'token') words='--help -h create' ;;
    'config check') words='--conf --help -f -h' ;;
    'config show') words='--conf --fields --filter --help --limit --no-color --origin --output --quiet --sort --watch -f -h -o -q -w' ;;
    'config') words='--help -h check show' ;;
    'context list') words='--fields --filter --help --limit --no-color --output --quiet --sort --watch -h -o -q -w' ;;
    'context') words='--help -h list' ;;
    'doctor') words='--api-key --ca-file --context --data-dir --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v' ;;
    'coordinator') words='--api-key --api-keys --bind --data-dir --heartbeat-interval --heartbeat-timeout --help --join-key --port --rate-limit -h -p' ;;
    'server') words='--advertise --api-key --bind --coordinator --data-dir --help --join-key --max-pipelines --port --worker-id -h -p' ;;
    'version') words='--help -h' ;;
    'completion') words='bash zsh fish' ;;
    'help') words='demo node worker group topology store token config context doctor coordinator server version completion help filters exit-codes formats environment aliases' ;;
    '') words='--help -h completion config context coordinator demo doctor group help node server store token topology version worker' ;;
    *) words= ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
    [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _skein skein bin/skein
