package dev.skein.http.api;

import dev.skein.http.exchange.Call;
import dev.skein.kernel.Page;

/** Where in a list a page lies. */
public record Pages(int total, int limit, int offset, boolean hasMore) {
    public static Page wanted(Call call) {
        return new Page((int) call.number("limit"), (int) call.number("offset"));
    }

    public static Pages of(Page page, int returned, int total) {
        return new Pages(total, page.limit(), page.offset(), (long) page.offset() + returned < total);
    }
}
