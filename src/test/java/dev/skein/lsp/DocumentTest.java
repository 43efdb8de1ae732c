package dev.skein.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private final List<Integer> sent = new ArrayList<>();
    private final Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    private final Document document = new Document(1, new Text("a"), edit -> {
        sent.add(edit.version());
        var arrival = new CompletableFuture<Void>();
        underWay.add(arrival);
        return arrival;
    });

    private void change(int version) {
        document.change(version, List.of(new TextDocumentContentChangeEvent("text " + version)));
    }

    @Test
    void of_the_texts_that_wait_only_the_newest_is_sent() {
        document.sendNewest();
        change(2);
        change(3);
        change(4);
        assertThat(sent).containsExactly(1);

        underWay.remove().complete(null);

        assertThat(sent).containsExactly(1, 4);
    }

    @Test
    void a_question_waits_for_the_text_of_its_time_and_for_no_later_one() {
        document.sendNewest();
        change(2);
        var settled = document.settled();
        underWay.remove().complete(null);
        assertThat(settled).isNotDone();
        change(3);

        underWay.remove().complete(null);

        assertThat(settled).isCompleted();
        assertThat(document.settled()).isNotDone();
    }

    @Test
    void a_text_that_could_not_be_taken_holds_up_neither_questions_nor_the_next() {
        document.sendNewest();
        var settled = document.settled();

        underWay.remove().completeExceptionally(new IllegalStateException("no way"));

        assertThat(settled).isCompleted();
        change(2);
        assertThat(sent).containsExactly(1, 2);
    }

    @Test
    void what_the_index_may_have_lost_is_sent_again() {
        document.sendNewest();
        underWay.remove().complete(null);

        document.sendAgain();

        assertThat(sent).containsExactly(1, 1);
    }

    @Test
    void texts_of_an_editor_that_does_not_count_are_sent_too() {
        document.sendNewest();
        underWay.remove().complete(null);
        change(1);
        underWay.remove().complete(null);

        document.change(null, List.of(new TextDocumentContentChangeEvent("another")));

        assertThat(sent).containsExactly(1, 2, 3);
    }
}
