package dev.skein.review.engine.model;

/** JSON schemas of answers, in the narrow form that every server understands: all keys required, no others. */
final class Schemas {
    static final String FINDINGS = """
            {"type":"object","properties":{"findings":{"type":"array","items":{"type":"object","properties":{\
            "startLine":{"type":"integer"},"endLine":{"type":"integer"},"quote":{"type":"string"},\
            "ruleId":{"type":"string"},"severity":{"type":"string","enum":["critical","high","medium","low","info"]},\
            "confidence":{"type":"number"},"message":{"type":"string"},"suggestion":{"type":["string","null"]},\
            "replacement":{"type":["string","null"]}},\
            "required":["startLine","endLine","quote","ruleId","severity","confidence","message","suggestion",\
            "replacement"],\
            "additionalProperties":false}}},"required":["findings"],"additionalProperties":false}""";
    static final String VERDICT = """
            {"type":"object","properties":{"verdict":{"type":"string","enum":["confirmed","refuted","unsure"]},\
            "reason":{"type":"string"}},"required":["verdict","reason"],"additionalProperties":false}""";

    private Schemas() {}
}
