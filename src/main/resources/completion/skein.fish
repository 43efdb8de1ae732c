# fish completion of skein; printed by: skein completion fish
function __skein_at
    set -l words (commandline -opc)
    set -l path
    for word in $words[2..-1]
        string match -q -- '-*' $word; and break
        set -a path $word
    end
    test "$path" = "$argv[1]"
end
complete -c skein -f -n '__skein_at "demo"' -a '--help --once --port --workers -h -p'
complete -c skein -f -n '__skein_at "node up"' -a '--data-dir --help --join --port --roles -h -p'
complete -c skein -f -n '__skein_at "node"' -a '--help -h up'
complete -c skein -f -n '__skein_at "worker list"' -a '--api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w'
complete -c skein -f -n '__skein_at "worker get"' -a '--api-key --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v'
complete -c skein -f -n '__skein_at "worker delete"' -a '--api-key --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v'
complete -c skein -f -n '__skein_at "worker"' -a '--help -h delete get list'
complete -c skein -f -n '__skein_at "group deploy"' -a '--api-key --ca-file --context --endpoint --fields --file --help --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -f -h -o -q -v'
complete -c skein -f -n '__skein_at "group list"' -a '--api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w'
complete -c skein -f -n '__skein_at "group get"' -a '--api-key --ca-file --context --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v'
complete -c skein -f -n '__skein_at "group inject"' -a '--api-key --ca-file --context --data --endpoint --fields --file --help --no-color --output --outputs --quiet --request-id --timeout --token-file --verbose --wait --yes -f -h -o -q -v'
complete -c skein -f -n '__skein_at "group outputs"' -a '--after --api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --pipeline --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w'
complete -c skein -f -n '__skein_at "group delete"' -a '--api-key --ca-file --context --endpoint --fields --help --ids-from --no-color --output --quiet --request-id --timeout --token-file --verbose --yes -h -o -q -v'
complete -c skein -f -n '__skein_at "group"' -a '--help -h delete deploy get inject list outputs'
complete -c skein -f -n '__skein_at "topology"' -a '--api-key --ca-file --context --endpoint --fields --filter --help --limit --no-color --output --quiet --request-id --sort --timeout --token-file --verbose --watch -h -o -q -v -w'
complete -c skein -f -n '__skein_at "store backup"' -a '--conf --data-dir --help -f -h'
complete -c skein -f -n '__skein_at "store restore"' -a '--conf --data-dir --help --replace -f -h'
complete -c skein -f -n '__skein_at "store check"' -a '--conf --data-dir --help -f -h'
complete -c skein -f -n '__skein_at "store"' -a '--help -h backup check restore'
complete -c skein -f -n '__skein_at "token create"' -a '--data-dir --expires --fields --help --no-color --output --quiet --role --subject -h -o -q'
complete -c skein -f -n '__skein_at "token"' -a '--help -h create'
complete -c skein -f -n '__skein_at "config check"' -a '--conf --help -f -h'
complete -c skein -f -n '__skein_at "config show"' -a '--conf --fields --filter --help --limit --no-color --origin --output --quiet --sort --watch -f -h -o -q -w'
complete -c skein -f -n '__skein_at "config"' -a '--help -h check show'
complete -c skein -f -n '__skein_at "context list"' -a '--fields --filter --help --limit --no-color --output --quiet --sort --watch -h -o -q -w'
complete -c skein -f -n '__skein_at "context"' -a '--help -h list'
complete -c skein -f -n '__skein_at "doctor"' -a '--api-key --ca-file --context --data-dir --endpoint --fields --help --no-color --output --quiet --request-id --timeout --token-file --verbose -h -o -q -v'
complete -c skein -f -n '__skein_at "coordinator"' -a '--api-key --api-keys --bind --data-dir --heartbeat-interval --heartbeat-timeout --help --join-key --port --rate-limit -h -p'
complete -c skein -f -n '__skein_at "server"' -a '--advertise --api-key --bind --coordinator --data-dir --help --join-key --max-pipelines --port --worker-id -h -p'
complete -c skein -f -n '__skein_at "version"' -a '--help -h'
complete -c skein -f -n '__skein_at "completion"' -a 'bash zsh fish'
complete -c skein -f -n '__skein_at "help"' -a 'demo node worker group topology store token config context doctor coordinator server version completion help filters exit-codes formats environment aliases'
complete -c skein -f -n '__skein_at ""' -a '--help -h completion config context coordinator demo doctor group help node server store token topology version worker'
