#compdef skein
# zsh completion of skein; printed by: skein completion zsh
local path="${(j: :)words[2,CURRENT-1]}"
path="${path%% -*}"
case "$path" in
'demo') compadd -- --help --once --port --workers -h -p ;;
'node up') compadd -- --data-dir --help --join --join-key --memory-budget --port --roles -h -p ;;
'node') compadd -- --help -h up ;;
'worker list') compadd -- --api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w ;;
'worker get') compadd -- --api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v ;;
'worker drain') compadd -- --api-key --ca --ca-file --context --deadline --endpoint --fields --force --help --message --no-color --output --quiet --reason --request-id --timeout --token-file --verbose --yes -h -o -q -v ;;
'worker cordon') compadd -- --api-key --ca --ca-file --context --endpoint --fields --help --message --no-color --output --quiet --reason --request-id --timeout --token-file --verbose --yes -h -o -q -v ;;
'worker uncordon') compadd -- --api-key --ca --ca-file --context --endpoint --fields --help --message --no-color --output --quiet --reason --request-id --timeout --token-file --verbose --yes -h -o -q -v ;;
'worker delete') compadd -- --api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v ;;
'worker') compadd -- --help -h cordon delete drain get list uncordon ;;
'group deploy') compadd -- --api-key --ca --ca-file --context --dry-run --endpoint --fields --file --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -f -h -o -q -v ;;
'group update') compadd -- --api-key --ca --ca-file --context --dry-run --endpoint --fields --file --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -f -h -o -q -v ;;
'group plan') compadd -- --api-key --ca --ca-file --context --detailed-exitcode --endpoint --fields --file --help --no-color --output --quiet --request-id --timeout --token-file --verbose -f -h -o -q -v ;;
'group list') compadd -- --api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w ;;
'group get') compadd -- --api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v ;;
'group inject') compadd -- --api-key --ca --ca-file --context --data --endpoint --fields --file --help --no-color --output --outputs --quiet --request-id --timeout --token-file --verbose --wait --yes -f -h -o -q -v ;;
'group outputs') compadd -- --after --api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --pipeline --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w ;;
'group migrate') compadd -- --api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --to --token-file --verbose --yes -h -o -q -v ;;
'group delete') compadd -- --api-key --ca --ca-file --context --endpoint --fields --help --ids-from --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v ;;
'group') compadd -- --help -h delete deploy get inject list migrate outputs plan update ;;
'migration list') compadd -- --api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w ;;
'migration get') compadd -- --api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v ;;
'migration') compadd -- --help -h get list ;;
'rebalance') compadd -- --api-key --ca --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v ;;
'topology') compadd -- --api-key --ca --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w ;;
'store backup') compadd -- --conf --data-dir --help -f -h ;;
'store restore') compadd -- --conf --data-dir --help --replace -f -h ;;
'store check') compadd -- --conf --data-dir --help -f -h ;;
'store') compadd -- --help -h backup check restore ;;
'token create') compadd -- --data-dir --expires --fields --help --no-color --output --quiet --role --subject -h -o -q ;;
'token rotate') compadd -- --algorithm --data-dir --help -h ;;
'token keys') compadd -- --data-dir --help -h ;;
'token') compadd -- --help -h create keys rotate ;;
'cert init') compadd -- --dir --expires --fields --help --name --no-color --node --output --quiet --san -h -o -q ;;
'cert show') compadd -- --fields --help --no-color --output --quiet -h -o -q ;;
'cert') compadd -- --help -h init show ;;
'audit list') compadd -- --data-dir --fields --filter --help --limit --no-color --output --quiet --sort --watch -h -o -q -w ;;
'audit verify') compadd -- --data-dir --help -h ;;
'audit') compadd -- --help -h list verify ;;
'config check') compadd -- --conf --help -f -h ;;
'config show') compadd -- --conf --fields --filter --help --limit --no-color --origin --output --quiet --sort --watch -f -h -o -q -w ;;
'config') compadd -- --help -h check show ;;
'context list') compadd -- --fields --filter --help --limit --no-color --output --quiet --sort --watch -h -o -q -w ;;
'context use') compadd -- --help -h ;;
'context set') compadd -- --ca-file --confirm --endpoint --help --token-command --token-file -h ;;
'context delete') compadd -- --help -h ;;
'context') compadd -- --help -h delete list set use ;;
'doctor') compadd -- --api-key --ca --ca-file --context --data-dir --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v ;;
'limit') compadd -- --as --cpu --help --no-as --no-cpu --no-slots --no-stack --slot-dir --slot-wait --slots --stack -h ;;
'coordinator') compadd -- --api-key --api-keys --bind --ca --data-dir --heartbeat-interval --heartbeat-timeout --help --join-key --port --rate-limit -h -p ;;
'server') compadd -- --advertise --api-key --bind --ca --coordinator --data-dir --help --join-key --max-pipelines --memory-budget --port --worker-id -h -p ;;
'version') compadd -- --help -h ;;
'completion') compadd -- bash zsh fish ;;
'help') compadd -- demo node worker group migration rebalance topology store token cert audit config context doctor limit coordinator server version completion help filters exit-codes formats environment aliases ;;
'') compadd -- --help -h audit cert completion config context coordinator demo doctor group help limit migration node rebalance server store token topology version worker ;;
*) _files ;;
esac
