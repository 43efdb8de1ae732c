package dev.skein.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "512b, 512",
        "1_000_000, 1000000",
        "007k, 7168",
        "1k, 1024",
        "1KB, 1024",
        "1kib, 1024",
        "' 2 m ', 2097152",
        "3MiB, 3145728",
        "4g, 4294967296",
        "1TiB, 1099511627776",
        "9223372036854775807, 9223372036854775807",
        "000000000000000000000000000000000009, 9"
    })
    void a_size_is_bytes_with_a_binary_suffix_at_most(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "' ', empty",
        "-1, invalid number",
        "+1, invalid number",
        "1.5G, invalid number",
        "1 0, invalid number",
        "_1, invalid number",
        "1_, invalid number",
        "1__0, invalid number",
        "G, invalid number",
        "1x, unknown unit",
        "1gig, unknown unit",
        "9223372036854775808, overflow",
        "8388608t, overflow",
        "99999999999999999999999, overflow"
    })
    void what_is_no_size_is_refused_with_its_reason(String text, String reason) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .hasMessageStartingWith(reason)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "off", "NONE", "Unlimited", "", " ", "0G"})
    void a_limit_may_be_absent(String text) {
        assertThat(ByteSize.parseLimit(text)).isEmpty();
    }

    @Test
    void a_limit_is_a_size() {
        assertThat(ByteSize.parseLimit("1G")).hasValue(1L << 30);
    }
}
