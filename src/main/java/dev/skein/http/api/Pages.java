package dev.skein.http.api;

import dev.skein.http.exchange.Call;
import dev.skein.kernel.Page;

/** Where in a list a page lies. */
record Pages(int total, int limit, int offset, boolean hasMore) {
    static Page wanted(Call call) {
        return new Page((int) call.number("limit"), (int) call.number("offset"));
    }

    static Pages of(Page page, int returned, int total) {
        return new Pages(total, page.limit(), page.offset(), (long) page.offset() + returned < total);
    }
}
