package dev.skein.job.packing;

import dev.skein.bus.Packing;
import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Report;
import dev.skein.job.JobRuns.What;
import io.vertx.core.buffer.Buffer;

/** News of attempts as bytes. */
public final class ReportPacking implements Packing<Report> {
    private static final int VERSION = 1;

    @Override
    public Class<Report> type() {
        return Report.class;
    }

    @Override
    public void pack(Report report, Buffer buffer) {
        var to = new WireWriter(buffer)
                .number(VERSION)
                .text(report.worker())
                .text(report.node())
                .number(report.news().size());
        for (var each : report.news()) {
            Parts.write(each.ref(), to);
            to.number(each.what().ordinal());
            Parts.write(each.progress(), to);
            Parts.write(each.outcome(), to);
            to.optional(each.result()).optional(each.log());
        }
    }

    @Override
    public Report unpack(Buffer buffer, int start, int end) {
        var from = new WireReader(buffer, start, end);
        from.version(VERSION);
        return new Report(from.text(), from.text(), from.list(() -> news(from)));
    }

    private static News news(WireReader from) {
        return new News(
                Parts.ref(from),
                what(from),
                Parts.progress(from),
                Parts.outcome(from),
                from.optional(),
                from.optional());
    }

    private static What what(WireReader from) {
        long what = from.number();
        if (what < 0 || what >= What.values().length) {
            throw from.damaged();
        }
        return What.values()[(int) what];
    }
}
