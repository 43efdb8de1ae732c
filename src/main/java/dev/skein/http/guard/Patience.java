package dev.skein.http.guard;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * Keeps the limit on silence away from a connection whose client has said all it had to say and waits for us: a
 * deployment or a large batch may take longer. Confined to the connection's event loop.
 */
final class Patience extends ChannelDuplexHandler {
    private static final int CONTINUE = 100;

    private int waiting; // whole requests that have no whole answer yet

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof LastHttpContent) {
            waiting++;
        }
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof LastHttpContent && !isInterim(message)) {
            waiting = Math.max(0, waiting - 1);
        }
        super.write(context, message, promise);
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response && response.status().code() == CONTINUE;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (!(event instanceof IdleStateEvent) || waiting == 0) {
            super.userEventTriggered(context, event);
        }
    }
}
