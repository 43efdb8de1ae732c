package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Command lines in documents, read as a shell would: quotes, pipes, redirections, comments. */
final class Words {
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|([^\\s\"']+)");

    private static final CommandLine OURS =
            Cli.whole(new Shell(dev.skein.cli.terminal.Terminal.ofProcess(), new FakeHost())); // costly to make

    private Words() {}

    /** Each command of a pipeline with its words; what follows a redirection or a comment is left out. */
    static List<List<String>> commands(String line) {
        var all = new ArrayList<List<String>>();
        var current = new ArrayList<String>();
        var match = WORD.matcher(line);
        while (match.find()) {
            var bare = match.group(3);
            if (bare != null && (bare.startsWith("#") || bare.startsWith(">") || bare.equals("&"))) {
                break;
            }
            if ("|".equals(bare)) {
                all.add(current);
                current = new ArrayList<>();
            } else {
                current.add(bare != null ? bare : match.group(1) != null ? match.group(1) : match.group(2));
            }
        }
        all.add(current);
        return all;
    }

    /** Parses a command of ours; throws when it has a word or a flag that does not exist. */
    static void parse(List<String> words) {
        var arguments =
                words.subList(1, words.size()).stream().map(Cli::spelled).toArray(String[]::new);
        CommandLine.ParseResult result = OURS.parseArgs(arguments);
        if (!result.hasSubcommand()) {
            throw new IllegalArgumentException("no command in " + words);
        }
    }
}
