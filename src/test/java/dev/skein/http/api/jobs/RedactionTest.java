package dev.skein.http.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String shown(String payload) throws JsonProcessingException {
        return Redaction.shown(JSON.readTree(payload)).toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"argv":["env"],"env":{"A":"s3","B":"s4"}}            | {"argv":["env"],"env":{"A":"***","B":"***"}}
            {"env":["A=s3","lone"]}                               | {"env":["A=***","***"]}
            {"headers":{"X-Any":"s3"},"url":"http://h/"}          | {"headers":{"X-Any":"***"},"url":"http://h/"}
            {"Headers":["X-Any: s3"]}                             | {"Headers":["X-Any:***"]}
            {"headers":[{"name":"a","value":"s3"}]}               | {"headers":[{"name":"a","value":"***"}]}
            {"arguments":{"apiKey":"s3","q":"react"}}             | {"arguments":{"apiKey":"***","q":"react"}}
            {"a":{"X-API-Key":"s3","client_secret":["s"]}}        | {"a":{"X-API-Key":"***","client_secret":"***"}}
            {"password":12345,"Authorization":"s3"}               | {"password":"***","Authorization":"***"}
            {"parameters":[{"name":"db_password","value":"s3"}]} | {"parameters":[{"name":"db_password","value":"***"}]}
            """)
    void what_goes_by_the_name_of_a_secret_is_hidden(String payload, String shown) throws JsonProcessingException {
        assertThat(shown(payload)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ["curl","--token","s3","http://h/"]           | ["curl","--token","***","http://h/"]
            ["curl","--api-key=s3"]                       | ["curl","--api-key=***"]
            ["-H","Authorization: Bearer s3"]             | ["-H","Authorization: Bearer ***"]
            ["-H","X: Bearer s3"]                         | ["-H","X: Bearer ***"]
            ["https://ann:s3@h/?a=1&access_token=s3&b=2"] | ["https://***@h/?a=1&access_token=***&b=2"]
            "DB_PASSWORD=s3 ./run --fast"                 | "DB_PASSWORD=*** ./run --fast"
            """)
    void so_it_is_within_texts(String payload, String shown) throws JsonProcessingException {
        assertThat(shown(payload)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"docs\",\"libraryId\":\"/a/b\",\"query\":\"hooks\",\"tokens\":4000}",
                "{\"argv\":[\"sh\",\"-c\",\"echo hi\"],\"cwd\":\"/tmp\",\"max_tokens\":7,\"secret\":null}",
                "[1,true,null,\"key\",{\"keyboard\":\"de\",\"monkey\":1}]",
                "\"https://h/@user?x=1\""
            })
    void nothing_else_is(String payload) throws JsonProcessingException {
        assertThat(shown(payload)).isEqualTo(payload);
    }

    @Test
    void a_long_text_takes_no_time() throws JsonProcessingException {
        var text = "tokentoken".repeat(20_000);

        assertThat(shown("\"" + text + "\"")).hasSize(text.length() + 2);
    }
}
