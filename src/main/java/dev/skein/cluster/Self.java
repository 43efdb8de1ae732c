package dev.skein.cluster;

import dev.skein.audit.Audit;
import dev.skein.bus.NodeAddress;
import dev.skein.bus.seal.Credentials;

/**
 * Who joins.
 *
 * @param isDataMember whether this node holds Hazelcast's data, as coordinators do
 * @param credentials what it proves itself with
 * @param audit hears of everybody who is refused
 */
public record Self(NodeAddress here, boolean isDataMember, Credentials credentials, Audit audit) {}
