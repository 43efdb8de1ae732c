package dev.skein.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.junit.jupiter.api.Test;

class EditorConnectionTest {
    @Test
    void an_editor_hears_of_a_mistake_without_its_trace() {
        var fault = EditorConnection.fault(new IllegalStateException("secret"));

        assertThat(fault.getCode()).isEqualTo(ResponseErrorCode.InternalError.getValue());
        assertThat(fault.getData()).isNull();
        assertThat(fault.getMessage()).doesNotContain("secret");
    }

    @Test
    void an_answer_of_the_index_is_told_as_it_is() {
        var refused = new ResponseError(ResponseErrorCode.RequestFailed, "no workspace app", "workspace_not_found");

        assertThat(EditorConnection.fault(new CompletionException(new ResponseErrorException(refused))))
                .isEqualTo(refused);
    }
}
