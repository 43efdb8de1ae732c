package dev.skein.http.guard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's reader of requests, less forgiving: a message framed in two ways at once is invalid, and a head that is not
 * whole in time closes the connection. Confined to the connection's event loop.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    private final Duration headTime;
    private boolean isInBody;
    private boolean isInHead;
    private @Nullable ScheduledFuture<?> headDeadline;

    StrictDecoder(HttpServerOptions options, Duration headTime) {
        super(options);
        this.headTime = headTime;
    }

    /** The way to smuggle a request past a proxy that believes the other framing. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both transfer-encoding and content-length");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        super.channelRead(context, message);
        if (!isInHead && headDeadline != null) {
            headDeadline.cancel(false);
            headDeadline = null;
        } else if (isInHead && headDeadline == null) {
            headDeadline = context.executor()
                    .schedule(() -> closeIfInHead(context), headTime.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void closeIfInHead(ChannelHandlerContext context) {
        if (isInHead) {
            context.close();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        int before = out.size();
        boolean hasBytes = in.isReadable();
        super.decode(context, in, out);
        for (int i = before; i < out.size(); i++) {
            note(out.get(i));
        }
        isInHead = !isInBody && (isInHead || hasBytes) && out.size() == before;
    }

    private void note(Object part) {
        isInBody = part instanceof HttpRequest || isInBody;
        isInBody = isInBody && !(part instanceof LastHttpContent);
    }
}
