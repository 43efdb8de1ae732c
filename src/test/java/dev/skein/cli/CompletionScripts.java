package dev.skein.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The static completion scripts as the parser's model has them: what may follow each sequence of words. */
final class CompletionScripts {
    private final Map<String, List<String>> choices = new LinkedHashMap<>();

    private CompletionScripts(CommandLine root) {
        collect("", root);
        choices.put("completion", List.of("bash", "zsh", "fish"));
        choices.put(
                "help",
                Stream.concat(Nouns.ALL.stream(), HelpCommand.TOPICS.stream()).toList());
    }

    static CompletionScripts of(CommandLine root) {
        return new CompletionScripts(root);
    }

    private void collect(String path, CommandLine line) {
        var words = new TreeSet<String>();
        line.getSubcommands().forEach((name, verb) -> {
            if (verb.getCommandName().equals(name)) {
                words.add(name);
                collect(path.isEmpty() ? name : path + " " + name, verb);
            }
        });
        line.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> words.addAll(List.of(option.names())));
        choices.put(path, List.copyOf(words));
    }

    String bash() {
        return """
                # bash completion of skein; printed by: skein completion bash
                _skein() {
                    local words path
                    path="${COMP_WORDS[*]:1:COMP_CWORD-1}"
                    path="${path%%%% -*}"
                    case "$path" in
                %s    *) words= ;;
                    esac
                    COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
                    [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
                }
                complete -F _skein skein bin/skein
                """.formatted(cases("    ", "words='%s'", " "));
    }

    String zsh() {
        return """
                #compdef skein
                # zsh completion of skein; printed by: skein completion zsh
                local path="${(j: :)words[2,CURRENT-1]}"
                path="${path%%%% -*}"
                case "$path" in
                %s*) _files ;;
                esac
                """.formatted(cases("", "compadd -- %s", " "));
    }

    String fish() {
        var lines = choices.entrySet().stream()
                .map(each -> "complete -c skein -f -n '__skein_at \"%s\"' -a '%s'"
                        .formatted(each.getKey(), String.join(" ", each.getValue())))
                .collect(Collectors.joining("\n"));
        return """
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
                %s
                """.formatted(lines);
    }

    private String cases(String indent, String command, String joint) {
        return choices.entrySet().stream()
                .map(each -> indent + "'" + each.getKey() + "') "
                        + command.formatted(String.join(joint, each.getValue())) + " ;;\n")
                .collect(Collectors.joining());
    }
}
