package dev.skein.lsp;

import dev.skein.client.IndexClient;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/**
 * Two streams to an editor.
 *
 * @param workspace where the editor's folders are; null to find it by its root
 */
public record EditorConnection(IndexClient index, @Nullable String workspace) {
    /**
     * Serves until the editor says so or its stream ends; blocks.
     *
     * @return 0 after an orderly end, 1 when the editor was gone before it
     */
    public int serve(InputStream in, OutputStream out, String version) {
        var server = new EditorServer(index, version, workspace);
        var threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "editor");
            thread.setDaemon(true); // it may wait in a read that nothing ends
            return thread;
        });
        try {
            var launcher = new LSPLauncher.Builder<LanguageClient>()
                    .setLocalService(server)
                    .setRemoteInterface(LanguageClient.class)
                    .setInput(in)
                    .setOutput(out)
                    .setExecutorService(threads)
                    .setExceptionHandler(EditorConnection::fault)
                    .create();
            server.connect(launcher.getRemoteProxy());
            var listening = launcher.startListening();
            threads.execute(() -> server.awaitGone(listening));
            return server.ended().join();
        } finally {
            server.close().handle((done, failure) -> done).join();
            threads.shutdownNow();
        }
    }

    /** What an editor hears of a mistake, its own or ours: no traces. */
    static ResponseError fault(Throwable failure) {
        var known = RemoteEndpoint.DEFAULT_EXCEPTION_HANDLER.apply(failure);
        return known.getCode() == ResponseErrorCode.InternalError.getValue()
                ? new ResponseError(ResponseErrorCode.InternalError, "the server failed; standard error says why", null)
                : known;
    }
}
