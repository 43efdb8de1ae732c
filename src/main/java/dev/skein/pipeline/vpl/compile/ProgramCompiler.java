package dev.skein.pipeline.vpl.compile;

import dev.skein.pipeline.vpl.CheckedProgram;
import dev.skein.pipeline.vpl.compile.code.FunctionCode;
import dev.skein.pipeline.vpl.compile.jvm.ClassDraft;
import dev.skein.pipeline.vpl.compile.kind.Globals;
import dev.skein.pipeline.vpl.compile.kind.ProgramKinds;
import dev.skein.pipeline.vpl.run.CompiledProgram;

/** Turns checked programs into runnable ones. */
public final class ProgramCompiler {
    private static final long LOAD_BUDGET = 10_000_000; // steps for one top-level value; compiling blocks its caller

    private ProgramCompiler() {}

    /**
     * Compiles one program; takes milliseconds, longer only where its top-level values take long to compute.
     *
     * @throws dev.skein.kernel.Problem of kind INVALID, with the line: a top-level value fails or never ends, or a
     *     function
     *     is too large for the JVM
     */
    public static CompiledProgram compile(CheckedProgram program) {
        var constants = new ConstantCode(program, LOAD_BUDGET);
        var globals = new Globals(program.initialisers(), program.resolution(), constants.globals());
        var kinds = new ProgramKinds(program, globals);
        var sinks = new SinkPlan(program, constants::value);
        var draft = new ClassDraft();
        program.functions().values().forEach(function -> new FunctionCode(draft, kinds, function).write());
        new ChainCode(draft, program, kinds, sinks).write();
        return new CompiledProgram(program, draft.define(), sinks.targets(), sinks.sources());
    }
}
