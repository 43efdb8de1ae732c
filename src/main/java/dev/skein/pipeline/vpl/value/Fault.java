package dev.skein.pipeline.vpl.value;

/** Stops the processing of one event by one stream; other streams go on. Carries no stack trace. */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public static final String OVERFLOW = "overflow";
    public static final String CONDITION = "condition_not_bool";
    public static final String TYPE = "type_mismatch";
    public static final String DEPTH = "recursion_depth_exceeded";
    public static final String BUDGET = "step_budget_exceeded";
    public static final String STOPPED = "pipeline_stopped";
    public static final String OUTPUTS = "too_many_outputs";
    public static final String MEMORY = "out_of_memory";
    public static final String SINK = "sink_failed";
    public static final String INTERNAL = "internal";

    private final String code;
    private final int line;

    /** @param line in the program's text, 0 while unknown */
    public Fault(String code, String message, int line) {
        super(message, null, false, false);
        this.code = code;
        this.line = line;
    }

    public String code() {
        return code;
    }

    public int line() {
        return line;
    }

    /** Called by generated code for whatever a line threw: names the line where the failure does not know it yet. */
    public static RuntimeException at(RuntimeException failure, int line) {
        if (failure instanceof Fault fault) {
            return fault.line > 0 ? fault : new Fault(fault.code, message(fault), line);
        }
        return failure instanceof ArithmeticException ? new Fault(OVERFLOW, "int overflow", line) : failure;
    }

    private static String message(Fault fault) {
        return String.valueOf(fault.getMessage());
    }

    static Fault type(String expected, Object value) {
        return new Fault(TYPE, "expected " + expected + ", got " + Convert.typeOf(value), 0);
    }
}
