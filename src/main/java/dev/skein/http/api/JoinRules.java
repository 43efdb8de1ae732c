package dev.skein.http.api;

import dev.skein.auth.Authenticator;
import dev.skein.auth.Principal;
import dev.skein.auth.Role;
import dev.skein.http.exchange.Client;
import org.jspecify.annotations.Nullable;

/**
 * Who may register as a worker: whoever shows an operator's key or token, or a join key, and, where no join key
 * is configured and this node listens on loopback alone, programs on this machine whose address is on it too.
 *
 * @param isBoundToLoopback whether nobody else can reach this node
 */
record JoinRules(Authenticator authenticator, boolean isBoundToLoopback) {
    boolean admits(Client client, @Nullable Principal principal, boolean isAddressLoopback) {
        boolean isOperator = principal != null && principal.hasShown(Role.OPERATOR);
        boolean isOpen = !authenticator.hasJoinKey() && isBoundToLoopback && client.isLocal();
        return isOperator || isJoinKey(client) || (isOpen && isAddressLoopback);
    }

    boolean isJoinKey(Client client) {
        return authenticator.isJoinKey(client.joinKey()) || authenticator.isJoinKey(client.apiKey());
    }
}
