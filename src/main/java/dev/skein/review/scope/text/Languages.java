package dev.skein.review.scope.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The language of a file, by its name, and by how it begins where the name does not tell. */
public final class Languages {
    /** Of what no rule knows. */
    public static final String UNKNOWN = "text";

    private static final String TABLE = "/review/languages.txt";
    private static final int HEAD_CHARACTERS = 4_096;
    private static final Pattern INTERPRETER =
            Pattern.compile("#!\\s*(?:\\S*/)?(?:env(?:\\s+-\\S+|\\s+\\w+=\\S*)*\\s+(?:\\S*/)?)?([A-Za-z]+)[-0-9.]*");
    private static final Pattern MODE = Pattern.compile("-\\*-\\s*(?:mode:\\s*)?([A-Za-z0-9+#-]+)\\s*(?:;.*)?-\\*-");
    private static final Pattern CPP = Pattern.compile(
            "(?m)^\\s*(?:class\\s+\\w|namespace\\b|template\\s*<|using\\s+|public:|private:|#include <\\w+>)");
    private static final Pattern OBJECTIVE_C =
            Pattern.compile("(?m)^\\s*(?:@interface|@implementation|@protocol|#import)\\b");
    private static final Pattern PROLOG = Pattern.compile("(?m)^\\s*(?::-|[a-z]\\w*\\([^()]*\\)\\s*:-)");
    private static final Pattern COQ = Pattern.compile("(?m)^\\s*(?:Theorem|Lemma|Require|Definition|Proof)\\b");
    private static final Pattern VERILOG = Pattern.compile("(?m)^\\s*(?:module|`timescale|`define|endmodule)\\b");

    private final Map<String, String> extensions = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> interpreters = new HashMap<>();

    private Languages(String table) {
        table.lines().filter(line -> !line.startsWith("# ")).forEach(this::read);
    }

    /** All that are known. */
    public static Languages common() {
        try (InputStream table = Languages.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException(TABLE + " is missing from the jar");
            }
            return new Languages(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        var words = line.split(" ");
        for (int i = 1; i < words.length; i++) {
            var word = words[i];
            if (word.startsWith("#!")) {
                interpreters.putIfAbsent(word.substring(2).toLowerCase(Locale.ROOT), words[0]);
            } else if (word.startsWith(".")) {
                extensions.putIfAbsent(word, words[0]);
            } else {
                names.putIfAbsent(word, words[0]);
            }
        }
    }

    /**
     * The language of a file, in lower case.
     *
     * @param name without directories
     */
    public String of(String name, String text) {
        var head = text.substring(0, Math.min(text.length(), HEAD_CHARACTERS));
        var byName = named(name);
        if (byName.isEmpty()) {
            return byContent(head);
        }
        return told(name, byName, head);
    }

    private String named(String name) {
        var whole = names.get(name);
        if (whole != null) {
            return whole;
        }
        if (name.startsWith("Dockerfile.") || name.startsWith("Containerfile.")) {
            return "dockerfile";
        }
        var lower = name.toLowerCase(Locale.ROOT);
        for (int dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1)) {
            var found = extensions.get(lower.substring(dot));
            if (found != null) {
                return found;
            }
        }
        return "";
    }

    private String byContent(String head) {
        var line = head.lines().findFirst().orElse("");
        var interpreter = INTERPRETER.matcher(line);
        if (interpreter.lookingAt()) {
            return interpreters.getOrDefault(interpreter.group(1).toLowerCase(Locale.ROOT), UNKNOWN);
        }
        var mode = MODE.matcher(line);
        if (mode.find()) {
            return mode(mode.group(1).toLowerCase(Locale.ROOT));
        }
        if (line.startsWith("<?xml")) {
            return "xml";
        }
        if (line.startsWith("<?php")) {
            return "php";
        }
        return line.regionMatches(true, 0, "<!doctype html", 0, 14) ? "html" : UNKNOWN;
    }

    private String mode(String word) {
        var known = word.equals("c++") ? "cpp" : interpreters.getOrDefault(word, word);
        return extensions.containsValue(known) ? known : UNKNOWN;
    }

    /** Extensions that several languages share. */
    private static String told(String name, String language, String head) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".h")) {
            var c = CPP.matcher(head).find() ? "cpp" : language;
            return OBJECTIVE_C.matcher(head).find() ? "objective-c" : c;
        }
        if (lower.endsWith(".m")) {
            boolean objective = OBJECTIVE_C.matcher(head).find() || head.contains("/*") || head.contains("//");
            return objective ? language : "matlab";
        }
        if (lower.endsWith(".ts") && head.startsWith("<?xml")) {
            return "xml"; // translations of Qt
        }
        if (lower.endsWith(".pl") && PROLOG.matcher(head).find() && !head.contains("use strict")) {
            return "prolog";
        }
        if (lower.endsWith(".v")) {
            var other = COQ.matcher(head).find() ? "coq" : language;
            return VERILOG.matcher(head).find() ? "verilog" : other;
        }
        return language;
    }
}
