package dev.skein.http.live;

import dev.skein.http.live.gate.Viewer;
import dev.skein.http.live.state.Chronicle;
import dev.skein.http.live.state.Frame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket that watches. What it has yet to be told is the difference between two sequence numbers, so nothing
 * waits for it in a queue. Thread-safe.
 */
final class Spectator implements Feed.Watcher {
    static final short UNWELCOME = 1008;
    static final short TOO_SLOW = 1013;
    static final short TOKEN_ENDED = 4401;

    private static final int WORD_CHARS_MAX = 1024;
    private static final int WORDS_PER_SECOND = 5;
    private static final int FRAMES_PER_SECOND = 4;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SILENCE_MAX = SECOND;

    private final ServerWebSocket socket;
    private final Viewer viewer;
    private final Chronicle chronicle;
    private final InstantSource wall;
    private final InstantSource steady;
    private final Window window;
    private final Rate words = new Rate(WORDS_PER_SECOND, SECOND);
    private final Rate frames = new Rate(FRAMES_PER_SECOND, SECOND);
    private long seq; // what the viewer has or will have once it has read what was sent
    private boolean needsSnapshot;
    private boolean isPaused;
    private boolean isClosing;
    private Instant spokeAt;

    Spectator(ServerWebSocket socket, Viewer viewer, Chronicle chronicle, Clocks clocks, Duration slowAfter) {
        this.socket = socket;
        this.viewer = viewer;
        this.chronicle = chronicle;
        this.wall = clocks.wall();
        this.steady = clocks.steady();
        this.window = new Window(slowAfter);
        this.spokeAt = steady.instant();
    }

    /** Greets, and begins with the whole view unless the viewer still has one that deltas can lead on from. */
    synchronized void begin(Frame hello, @Nullable Long since) {
        whileOpen(() -> {
            socket.setWriteQueueMaxSize(Window.BYTES_MAX);
            socket.textMessageHandler(this::hear);
            socket.binaryMessageHandler(bytes -> close(UNWELCOME, "only text is understood"));
            socket.pongHandler(this::proven);
            send(hello, steady.instant());
        });
        needsSnapshot = since == null;
        seq = since == null ? hello.seq() : since;
        tick();
    }

    @Override
    public synchronized void tick() {
        if (!isClosing) {
            whileOpen(() -> judge(steady.instant()));
        }
    }

    private void judge(Instant now) {
        if (viewer.expiry() != null && !wall.instant().isBefore(viewer.expiry())) {
            close(TOKEN_ENDED, "the token has ended");
        } else if (window.isSlow(now)) {
            close(TOO_SLOW, "frames were not read in time");
        } else if (window.hasRoom() && !socket.writeQueueFull()) {
            speak(now);
        }
    }

    /** A socket may be closed from the other side at any moment and then refuses everything. */
    private void whileOpen(Runnable step) {
        try {
            step.run();
        } catch (IllegalStateException closed) {
            isClosing = true;
        }
    }

    private void speak(Instant now) {
        if (needsSnapshot) {
            needsSnapshot = false;
            send(chronicle.snapshot(), now);
        } else if (!isPaused && chronicle.seq() > seq && frames.take(now)) {
            send(chronicle.delta(seq), now);
        } else if (!spokeAt.plus(SILENCE_MAX).isAfter(now)) {
            send(chronicle.ping(isPaused ? chronicle.seq() : seq), now);
        }
    }

    private void send(Frame frame, Instant now) {
        if (!isPaused) {
            seq = frame.seq();
        }
        spokeAt = now;
        socket.writeTextMessage(frame.text());
        socket.writePing(Buffer.buffer(Long.BYTES).appendLong(window.sent(frame.bytes(), now)));
    }

    private synchronized void proven(Buffer pong) {
        if (pong.length() == Long.BYTES) {
            window.proven(pong.getLong(0));
        }
    }

    private synchronized void hear(String text) {
        var word = Word.read(text.length() <= WORD_CHARS_MAX ? text : "");
        if (word == null || !words.take(steady.instant())) {
            close(UNWELCOME, word == null ? "only pause and resume are understood" : "too many messages");
            return;
        }
        isPaused = word == Word.PAUSE;
        needsSnapshot = word == Word.RESUME;
        tick();
    }

    /** Says goodbye with a reason; the server cuts off a viewer that does not answer in time. */
    @Override
    public synchronized void close(short code, String reason) {
        if (!isClosing) {
            isClosing = true;
            socket.close(code, reason);
        }
    }
}
