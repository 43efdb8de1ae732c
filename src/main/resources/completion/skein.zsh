#compdef skein
# zsh completion of skein; printed by: skein completion zsh
local path="${(j: :)words[2,CURRENT-1]}"
path="${path%% -*}"
case "$path" in
'demo') compadd -- --help --once --port --workers -h -p ;;
'node up') compadd -- --data-dir --help --join --port --roles -h -p ;;
'node') compadd -- --help -h up ;;
'worker list') compadd -- --api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w ;;
'worker get') compadd -- --api-key --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v ;;
'worker delete') compadd -- --api-key --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v ;;
'worker') compadd -- --help -h delete get list ;;
'group deploy') compadd -- --api-key --ca-file --context --endpoint --fields --file --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -f -h -o -q -v ;;
'group list') compadd -- --api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w ;;
'group get') compadd -- --api-key --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v ;;
'group inject') compadd -- --api-key --ca-file --context --data --endpoint --fields --file --help --no-color --output --outputs --quiet --request-id --timeout --token-file --verbose --wait --yes -f -h -o -q -v ;;
'group outputs') compadd -- --after --api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --pipeline --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w ;;
'group delete') compadd -- --api-key --ca-file --context --endpoint --fields --help --ids-from --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v ;;
'group') compadd -- --help -h delete deploy get inject list outputs ;;
'topology') compadd -- --api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w ;;
'store backup') compadd -- --conf --data-dir --help -f -h ;;
'store restore') compadd -- --conf --data-dir --help --replace -f -h ;;
'store check') compadd -- --conf --data-dir --help -f -h ;;
'store') compadd -- --help -h backup check restore ;;
'token create') compadd -- --data-dir --expires --fields --help --no-color --output --quiet --role --subject -h -o -q ;;
'token') compadd -- --help -h create ;;
'config check') compadd -- --conf --help -f -h ;;
'config show') compadd -- --conf --fields --filter --help --limit --no-color --origin --output --quiet --sort --watch -f -h -o -q -w ;;
'config') compadd -- --help -h check show ;;
'context list') compadd -- --fields --filter --help --limit --no-color --output --quiet --sort --watch -h -o -q -w ;;
'context') compadd -- --help -h list ;;
'doctor') compadd -- --api-key --ca-file --context --data-dir --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v ;;
'coordinator') compadd -- --api-key --api-keys --bind --data-dir --heartbeat-interval --heartbeat-timeout --help --join-key --port --rate-limit -h -p ;;
'server') compadd -- --advertise --api-key --bind --coordinator --data-dir --help --join-key --max-pipelines --port --worker-id -h -p ;;
'version') compadd -- --help -h ;;
'completion') compadd -- bash zsh fish ;;
'help') compadd -- demo node worker group topology store token config context doctor coordinator server version completion help filters exit-codes formats environment aliases ;;
'') compadd -- --help -h completion config context coordinator demo doctor group help node server store token topology version worker ;;
*) _files ;;
esac
