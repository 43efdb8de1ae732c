package dev.skein.audit;

/**
 * One thing that somebody did or was refused.
 *
 * @param who name of a key, subject of a token, node or certificate; empty when nobody is known
 * @param role the role that was held, {@code system} for the product itself, empty when nobody is known
 * @param what a verb such as {@code group.deploy} or {@code join.refused}
 * @param target the id of what was changed, or the operation that was asked for
 * @param outcome {@code ok}, {@code refused: <why>} or an error's symbol
 * @param from address of the other end, empty when there is none
 * @param request the request's id, empty when there is none
 * @param token the token's id, empty when none was shown
 */
public record Deed(
        String who,
        String role,
        String what,
        String target,
        String outcome,
        String from,
        String request,
        String token) {
    private static final int CHARS_MAX = 512;

    public Deed {
        who = cut(who);
        what = cut(what);
        target = cut(target);
        outcome = cut(outcome);
        from = cut(from);
    }

    /** Something that was refused below the API, where neither role nor request is known. */
    public static Deed refused(String what, String who, String target, String why) {
        return new Deed(who, "", what, target, "refused: " + why, "", "", "");
    }

    /** The same with the other end's address. */
    public Deed from(String address) {
        return new Deed(who, role, what, target, outcome, address, request, token);
    }

    /** What lines have in common that a flood repeats. */
    String kind() {
        return what + '|' + who + '|' + from + '|' + outcome;
    }

    private static String cut(String text) {
        return text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX) + "…";
    }
}
