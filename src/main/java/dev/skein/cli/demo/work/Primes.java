package dev.skein.cli.demo.work;

import java.util.function.Function;

/** Counts primes with a byte for every number, so that it needs as much memory as it is told to. */
public final class Primes implements Function<String, String> {
    /** Takes a number in decimal; answers how many primes are below it. */
    @Override
    public String apply(String limit) {
        return Long.toString(below(Integer.parseInt(limit.strip())));
    }

    static long below(int limit) {
        var isComposite = new boolean[Math.max(2, limit)];
        long found = 0;
        for (int number = 2; number < limit; number++) {
            if (!isComposite[number]) {
                found++;
                for (long multiple = (long) number * number; multiple < limit; multiple += number) {
                    isComposite[(int) multiple] = true;
                }
            }
        }
        return found;
    }
}
