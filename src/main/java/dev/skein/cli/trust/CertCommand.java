package dev.skein.cli.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Spans;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.tls.Authority;
import dev.skein.tls.Authority.Validity;
import dev.skein.tls.Identity;
import dev.skein.tls.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The certificates that the nodes of a cluster show each other. */
@Command(
        name = "cert",
        aliases = "certs",
        description = "Make and show the certificates of nodes.",
        subcommands = {CertCommand.Init.class, CertCommand.Show.class})
public final class CertCommand {
    private static final Kind CERTIFICATE = new Kind(
            "certificates",
            "file",
            List.of(
                    Column.of("FILE", "file", Column.Form.TEXT),
                    Column.of("SUBJECT", "subject", Column.Form.TEXT),
                    Column.of("ISSUER", "issuer", Column.Form.TEXT),
                    Column.of("UNTIL", "not_after", Column.Form.TEXT),
                    Column.wide("FROM", "not_before", Column.Form.TEXT),
                    Column.wide("SERIAL", "serial", Column.Form.TEXT)));

    @Mixin
    HelpFlag help = new HelpFlag();

    private static JsonNode item(Path file, X509Certificate certificate) {
        return new ObjectMapper()
                .createObjectNode()
                .put("file", file.toString())
                .put("subject", Identity.nameOf(certificate))
                .put("issuer", certificate.getIssuerX500Principal().getName().replaceFirst("^CN=", ""))
                .put("not_before", certificate.getNotBefore().toInstant().toString())
                .put("not_after", certificate.getNotAfter().toInstant().toString())
                .put("serial", certificate.getSerialNumber().toString(16));
    }

    /** Makes an authority where there is none, and a certificate for each node that is named. */
    @Command(
            name = "init",
            description = {
                "Make an authority (ca.pem, ca.key) where the folder has none, and a certificate for each --node.",
                "Nothing is overwritten; keys get mode 0600. Keep ca.key away from the nodes."
            },
            footer = {
                "skein cert init --dir certs",
                "skein cert init --dir certs --node worker-0 --san 10.0.0.5 --san worker-0.lan",
                "skein cert init --dir certs --node coordinator --node worker-0 --node worker-1 --expires 90d"
            })
    public static final class Init implements Callable<Integer> {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
        private static final int AUTHORITY_YEARS = 10;

        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Option(names = "--dir", paramLabel = "DIR", description = "folder of the files (default certs)")
        Path dir = Path.of("certs");

        @Option(
                names = "--node",
                paramLabel = "NAME",
                description = "id of a node that gets a certificate; may be repeated")
        List<String> nodes = new ArrayList<>();

        @Option(
                names = "--san",
                paramLabel = "NAME",
                description = "host name or address by which the node is called, besides its id; may be repeated")
        List<String> names = new ArrayList<>();

        @Option(names = "--name", paramLabel = "NAME", description = "name of a new authority (default Skein CA)")
        String name = "Skein CA";

        @Option(names = "--expires", paramLabel = "TIME", description = "life of a node's certificate (default 365d)")
        String expires = "365d";

        @Mixin
        ShowOptions show = new ShowOptions();

        public Init(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var clock = SteadyClock.system();
            nodes.forEach(node -> require("--node", node, Ids.WORKER));
            names.forEach(san -> require("--san", san, NAME));
            var life = Spans.parse("--expires", expires);
            var made = new ArrayList<JsonNode>();
            try {
                var authority = Authority.isIn(dir) ? Authority.read(dir) : newAuthority(clock, made);
                for (var node : nodes) {
                    var all = new ArrayList<>(List.of(node, "localhost", "127.0.0.1"));
                    all.addAll(names);
                    var certificate = authority.issue(dir, node, all, Validity.of(clock.instant(), life));
                    made.add(item(dir.resolve(node + ".pem"), certificate));
                }
            } catch (Problem refused) {
                throw Failure.of(
                        refused.kind() == Problem.Kind.CONFLICT ? ExitCode.CONFLICT : ExitCode.FAILED,
                        refused.sentence());
            }
            new Printer(shell, show, CERTIFICATE, clock).print(made);
            return ExitCode.DONE.number;
        }

        private Authority newAuthority(SteadyClock clock, List<JsonNode> made) {
            var life = Duration.ofDays(AUTHORITY_YEARS * 365L);
            var authority = Authority.create(dir, name, clock.instant(), life);
            made.add(item(dir.resolve(Authority.CERTIFICATE), authority.certificate()));
            return authority;
        }

        private static void require(String flag, String text, Pattern shape) {
            if (!shape.matcher(text).matches()) {
                throw Failure.usage("%s must match %s, got %s".formatted(flag, shape.pattern(), text));
            }
        }
    }

    /** Shows what is in certificate files. */
    @Command(
            name = "show",
            description = "Show who a certificate is for, who made it and until when it is good.",
            footer = {
                "skein cert show certs/ca.pem certs/worker-0.pem",
                "skein cert show certs/worker-0.pem -o json",
                "skein cert show certs/ca.pem -o wide"
            })
    public static final class Show implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "FILE", description = "PEM files")
        List<Path> files = List.of();

        @Mixin
        ShowOptions show = new ShowOptions();

        public Show(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var items = new ArrayList<JsonNode>();
            for (var file : files) {
                try {
                    Pem.certificates(file).forEach(each -> items.add(item(file, each)));
                } catch (IOException e) {
                    throw Failure.usage("no certificate can be read from " + file);
                }
            }
            new Printer(shell, show, CERTIFICATE, SteadyClock.system()).print(items);
            return ExitCode.DONE.number;
        }
    }
}
