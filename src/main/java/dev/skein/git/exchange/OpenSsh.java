package dev.skein.git.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** Reaches remotes by the {@code ssh} of whoever runs this, with their keys and settings, and never asks. */
final class OpenSsh extends SshSessionFactory {
    /** A host that does not answer, or does so no more, ends it within half a minute. */
    private static final List<String> OPTIONS =
            List.of("BatchMode=yes", "ConnectTimeout=30", "ServerAliveInterval=10", "ServerAliveCountMax=3");

    @Override
    public RemoteSession getSession(URIish uri, @Nullable CredentialsProvider credentials, FS files, int millis) {
        return new Session(uri);
    }

    @Override
    public String getType() {
        return "openssh";
    }

    private record Session(URIish uri) implements RemoteSession {
        @Override
        public Process exec(String command, int timeout) throws IOException {
            var host = uri.getHost();
            if (host == null || host.startsWith("-")) {
                throw new IOException("the remote names no host");
            }
            List<String> words = new ArrayList<>(List.of("ssh"));
            OPTIONS.forEach(option -> words.addAll(List.of("-o", option)));
            if (uri.getPort() > 0) {
                words.addAll(List.of("-p", String.valueOf(uri.getPort())));
            }
            var user = uri.getUser();
            words.addAll(List.of("--", user == null ? host : user + "@" + host, command));
            return new ProcessBuilder(words).start();
        }

        @Override
        public void disconnect() {
            return; // the process ends with its streams
        }
    }
}
