package dev.skein.coordinator.job.rows;

import dev.skein.job.JobState;
import dev.skein.job.Jobs.ListAll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The question for one page of a list, put so that one index leads to it whatever the table holds.
 *
 * <p>A label leads, else an error does. Else each state is asked for by itself and no further than one page, since
 * rows of several states have no common order in an index. A job that has ended well is one of a million, so there the
 * worker or the submitter leads; of the other states there are few, so there the state does.
 */
final class JobPage {
    private static final String UNLED = " || ''"; // what no index is used for, in the words of both databases

    private final ListAll ask;
    private final long before;
    private final StringBuilder sql = new StringBuilder();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    /** @param before only ids lower than that */
    JobPage(String columns, ListAll ask, long before) {
        this.ask = ask;
        this.before = before;
        var states = ask.type() != null && ask.states().isEmpty() ? Arrays.asList(JobState.values()) : ask.states();
        if (ask.label() != null) {
            sql.append("SELECT ").append(columns).append(" FROM job_labels CROSS JOIN jobs WHERE id = job AND job < ?");
            parameters.add(before);
            filter("label", "= ?", ask.label());
            rest("job");
        } else if (ask.error() != null || states.isEmpty()) {
            begin(columns);
            rest("id");
        } else {
            each(columns, states.stream().distinct().toList());
        }
    }

    private void begin(String columns) {
        sql.append("SELECT ").append(columns).append(" FROM jobs WHERE id < ?");
        parameters.add(before);
    }

    /** Under the label or the error when there is one; else under the worker or the submitter. */
    private void rest(String order) {
        var mark = ask.label() != null || ask.error() != null ? UNLED : "";
        if (!ask.states().isEmpty()) {
            var marks = "?, ".repeat(ask.states().size() - 1) + "?";
            sql.append(" AND state").append(UNLED).append(" IN (").append(marks).append(')');
            ask.states().forEach(state -> parameters.add(state.word()));
        }
        filter("type" + mark, "= ?", ask.type());
        filter("worker" + mark, "= ?", ask.worker());
        filter("submitter" + mark, "= ?", ask.submitter());
        var error = ask.error() == null ? null : "%" + escaped(ask.error()) + "%";
        filter("error IS NOT NULL AND LOWER(error)", "LIKE ? ESCAPE '!'", error);
        end(order);
    }

    private void end(String order) {
        sql.append(" ORDER BY ").append(order).append(" DESC LIMIT ").append(ask.limit());
    }

    private void each(String columns, List<JobState> states) {
        sql.append("SELECT * FROM (");
        for (int i = 0; i < states.size(); i++) {
            sql.append(i == 0 ? "SELECT * FROM (" : " UNION ALL SELECT * FROM (");
            begin(columns);
            one(states.get(i));
            sql.append(") AS s").append(i);
        }
        sql.append(") AS found");
        end("id");
    }

    private void one(JobState state) {
        boolean isOneOfMany = state == JobState.SUCCEEDED;
        boolean othersLead = isOneOfMany && ask.type() == null && (ask.worker() != null || ask.submitter() != null);
        filter(othersLead ? "state" + UNLED : "state", "= ?", state.word());
        filter("type", "= ?", ask.type());
        filter(isOneOfMany ? "worker" : "worker" + UNLED, "= ?", ask.worker());
        filter(isOneOfMany ? "submitter" : "submitter" + UNLED, "= ?", ask.submitter());
        end("id");
    }

    private void filter(String what, String how, @Nullable String value) {
        if (value != null) {
            sql.append(" AND ").append(what).append(' ').append(how);
            parameters.add(value);
        }
    }

    private static String escaped(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
    }

    String sql() {
        return sql.toString();
    }

    @Nullable
    Object[] parameters() {
        return parameters.toArray();
    }
}
