package dev.skein.pipeline.vpl.run;

/**
 * How busy an instance is and was.
 *
 * @param eventsIn submitted events that all lanes are done with
 * @param eventsOut outputs
 * @param errors event errors
 * @param typeErrors required fields of declared events that had the wrong kind
 * @param waiting events that are submitted or handed over and not begun
 * @param oldestMillis how long the oldest of those submitted has been waiting; 0 when none is
 */
public record PipelineCounters(
        long eventsIn, long eventsOut, long errors, long typeErrors, long waiting, long oldestMillis) {}
