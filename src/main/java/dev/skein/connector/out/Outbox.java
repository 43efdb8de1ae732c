package dev.skein.connector.out;

import dev.skein.connector.ConnectorConfig.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages in order: first those that were sent and not yet taken, then those that wait. Bounded; thread-safe. */
final class Outbox {
    private final Buffer limits;
    private final ArrayDeque<Message> sent = new ArrayDeque<>();
    private final ArrayDeque<Message> waiting = new ArrayDeque<>();
    private long bytes;

    Outbox(Buffer limits) {
        this.limits = limits;
    }

    /** False when there is no room; a single message may be larger than all the room when nothing else is there. */
    synchronized boolean offer(Message message) {
        int size = sent.size() + waiting.size();
        boolean fits = size < limits.messagesMax() && bytes + message.body().length <= limits.bytesMax();
        if (!fits && size > 0) {
            return false;
        }
        waiting.add(message);
        bytes += message.body().length;
        return true;
    }

    /** The next to send; null when none waits. */
    synchronized @Nullable Message take() {
        var next = waiting.poll();
        if (next != null) {
            sent.add(next);
        }
        return next;
    }

    /** It needs no further attempt. False when that was known. */
    synchronized boolean done(Message message) {
        boolean was = remove(sent, message) || remove(waiting, message);
        bytes -= was ? message.body().length : 0;
        return was;
    }

    private static boolean remove(ArrayDeque<Message> messages, Message message) {
        for (Iterator<Message> each = messages.iterator(); each.hasNext(); ) {
            if (each.next() == message) {
                each.remove();
                return true;
            }
        }
        return false;
    }

    /** What was sent and not taken is to be sent again, before all that waits and in its order. */
    synchronized void rewind() {
        for (var last = sent.pollLast(); last != null; last = sent.pollLast()) {
            waiting.addFirst(last);
        }
    }

    /** Empties it. */
    synchronized List<Message> drain() {
        rewind();
        var all = new ArrayList<>(waiting);
        waiting.clear();
        bytes = 0;
        return all;
    }

    synchronized int size() {
        return sent.size() + waiting.size();
    }
}
