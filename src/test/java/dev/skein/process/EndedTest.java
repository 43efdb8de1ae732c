package dev.skein.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.process.Ended.Cause;
import dev.skein.process.Ended.Cut;
import dev.skein.process.Ended.Kind;
import dev.skein.process.Ended.Peak;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of code, signal, peak and last words. */
class EndedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | NONE    | 9  | 0   | ''                                        | SUCCEEDED  | ''        | false",
                "1   | NONE    | 9  | 0   | 'boom'                                    | FAILED     | ''        | false",
                "1   | NONE    | 9  | 100 | 'Traceback (most recent call last):~  File x~MemoryError'"
                        + " | OOM_KILLED | rlimit | false",
                "1   | NONE    | 9  | 100 | 'MemoryError'                             | FAILED     | ''        | true",
                "1   | NONE    | 95 | 100 | 'MemoryError'                             | OOM_KILLED | rlimit    | false",
                "1   | NONE    | 9  | 0   | 'MemoryError'                             | FAILED     | ''        | true",
                "1   | NONE    | 9  | 100 | 'no MemoryError here'                     | FAILED     | ''        | false",
                "1   | NONE    | 9  | 100 | 'tail: memory exhausted'                  | OOM_KILLED | rlimit    | false",
                "1   | NONE    | 9  | 100 | 'it says: tail: memory exhausted'         | FAILED     | ''        | true",
                "1   | NONE    | 9  | 100 | 'test: out of memory is handled: ok'      | FAILED     | ''        | true",
                "1   | NONE    | 0  | 100 | 'out of memory'                           | FAILED     | ''        | true",
                "1   | NONE    | 95 | 100 | 'out of memory'                           | OOM_KILLED | rlimit    | false",
                "1   | NONE    | 9  | 100 | 'malloc: Cannot allocate memory'          | FAILED     | ''        | true",
                "1   | NONE    | -9 | 100 | 'malloc: Cannot allocate memory'          | OOM_KILLED | rlimit    | false",
                "1   | NONE    | 9  | 100 | 'Out of memory!'                          | OOM_KILLED | rlimit    | false",
                "2   | NONE    | 9  | 100 | 'sh: xrealloc: cannot allocate 9 bytes'   | OOM_KILLED | rlimit    | false",
                "1|NONE|9|100|'# There is insufficient memory for the Java Runtime Environment to continue'"
                        + " | OOM_KILLED | rlimit | false",
                "1   | NONE    | 9  | 100 | 'Error occurred during initialization of VM~Could not reserve enough space'"
                        + " | OOM_KILLED | rlimit | false",
                "3   | NONE    | 9  | 0   | 'Terminating due to java.lang.OutOfMemoryError: Java heap space'"
                        + " | OOM_KILLED | java-heap | false",
                "3|NONE|95|100|'java.lang.OutOfMemoryError: unable to create native thread: x'|LIMIT_HIT|threads|false",
                "1   | NONE    | 9  | 100 | 'it says java.lang.OutOfMemoryError: x'   | FAILED     | ''        | true",
                "1   | NONE    | 95 | 100 | 'in main: java.lang.OutOfMemoryError: x'  | OOM_KILLED | java-heap | false",
                "134 | NONE    | 9  | 100 | 'FATAL ERROR: x - JavaScript heap out of memory'"
                        + " | OOM_KILLED | rlimit | false",
                "1   | NONE    | 9  | 100 | 'FATAL ERROR: x - JavaScript heap out of memory' | FAILED | ''     | true",
                "2   | NONE    | 9  | 100 | 'fatal error: runtime: out of memory'     | OOM_KILLED | rlimit    | false",
                "134 | NONE    | 9  | 100 | 'terminate called after throwing an instance of ''std::bad_alloc''~what'"
                        + " | OOM_KILLED | rlimit | false",
                "1   | NONE    | 9  | 100 | 'what():  std::bad_alloc'                 | FAILED     | ''        | true",
                "139 | NONE    | 95 | 100 | ''                                        | CRASHED    | ''        | true",
                "139 | NONE    | 9  | 100 | ''                                        | CRASHED    | ''        | false",
                "137 | NONE    | 95 | 0   | ''                                        | CRASHED    | ''        | false",
                "143 | NONE    | 95 | 100 | ''                                        | CRASHED    | ''        | false",
                "137 | MEMORY  | 95 | 100 | ''                                        | OOM_KILLED | watchdog  | false",
                "137 | PROCESSES | 9 | 0  | ''                                        | LIMIT_HIT  | processes | false",
                "137 | OUTPUT  | 9  | 0   | ''                                        | LIMIT_HIT  | output    | false",
                "152 | NONE    | 9  | 0   | ''                                        | LIMIT_HIT  | cpu       | false",
                "153 | NONE    | 9  | 0   | ''                                        | LIMIT_HIT  | file_size | false",
                "143 | STOPPED | 9  | 0   | ''                                        | STOPPED    | ''        | false"
            })
    void each_end_belongs_to_one_family(ArgumentsAccessor row) {
        long most = row.getLong(2); // negative: of address space only
        var peak = most < 0 ? new Peak(9, 95) : new Peak(most, most);
        var said = row.getString(4).replace('~', '\n');
        var ended = new Ended(row.getInteger(0), row.get(1, Cut.class), peak, row.getLong(3), said, "");

        assertThat(ended.cause()).isEqualTo(new Cause(row.get(5, Kind.class), row.getString(6), row.getBoolean(7)));
    }
}
