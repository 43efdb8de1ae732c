package dev.skein.pipeline.vpl;

import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.Program;
import dev.skein.pipeline.vpl.resolved.CheckedFunction;
import dev.skein.pipeline.vpl.resolved.CheckedStream;
import dev.skein.pipeline.vpl.resolved.EventType;
import dev.skein.pipeline.vpl.resolved.Resolution;
import dev.skein.pipeline.vpl.resolved.Routing;
import java.util.List;
import java.util.Map;

/**
 * A program without errors, ready to be compiled.
 *
 * @param events declared event types by name, inherited fields flattened
 * @param functions by name, in declaration order
 * @param streams in declaration order
 * @param initialisers top-level {@code let}, {@code var} and {@code const}, each after those it needs
 * @param connectors declared in the program, by name; a name not here is a connector of the cluster
 * @param contexts by name, in declaration order
 * @param resolution what each name, call and assignment refers to
 * @param routing which streams an event reaches
 */
public record CheckedProgram(
        Program source,
        Map<String, EventType> events,
        Map<String, CheckedFunction> functions,
        List<CheckedStream> streams,
        List<Let> initialisers,
        Map<String, Declaration.Connector> connectors,
        Map<String, Declaration.Context> contexts,
        Resolution resolution,
        Routing routing) {}
