package dev.skein.fault.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Hosts that are namespaces of the kernel, each with an address on a network that can be cut and one on a network for
 * the test that never is. Bridges live in a namespace of their own, so the machine's own network knows nothing of it.
 */
public final class Namespaces implements AutoCloseable {
    private static final String MAINLAND = "land";
    private static final String ISLAND = "island";
    private static final String CONTROL = "control";

    private final String prefix =
            "sk" + Long.toHexString(ProcessHandle.current().pid()) + "x"
                    + Integer.toHexString(System.identityHashCode(this) & 0xffff);
    private final List<String> made = new ArrayList<>();
    private final Thread atExit = new Thread(this::removeAll);

    private Namespaces() {}

    /** Why namespaces cannot be made here; empty when they can. */
    public static String missing() {
        var probe = "skprobe" + ProcessHandle.current().pid();
        var fault = Shell.fault("ip netns add " + probe);
        if (!fault.isEmpty()) {
            return "no network namespaces here (" + fault + ")";
        }
        var noBridge = Shell.fault("ip -n " + probe + " link add name b0 type bridge");
        Shell.run("ip netns del " + probe);
        return noBridge.isEmpty() ? "" : "no bridges here (" + noBridge + ")";
    }

    /** A network without hosts. */
    public static Namespaces open() {
        var made = new Namespaces();
        Runtime.getRuntime().addShutdownHook(made.atExit);
        try {
            made.add("sw");
            for (var bridge : List.of(MAINLAND, ISLAND, CONTROL)) {
                made.inSwitch("link add name " + bridge + " type bridge");
                made.inSwitch("link set " + bridge + " up");
            }
        } catch (IllegalStateException e) {
            made.close();
            throw e;
        }
        return made;
    }

    /** Adds the host with this number, from 1 to 250. */
    public void host(int number) {
        var name = "h" + number;
        add(name);
        attach(number, "data", MAINLAND, address(number));
        attach(number, "ctl", CONTROL, controlAddress(number));
    }

    private void attach(int number, String kind, String bridge, String address) {
        var port = kind + number;
        inSwitch("link add " + port + " type veth peer name " + kind + " netns " + prefix + "h" + number);
        inSwitch("link set " + port + " master " + bridge);
        inSwitch("link set " + port + " up");
        var inHost = "ip -n " + prefix + "h" + number + " ";
        Shell.run(inHost + "addr add " + address + "/24 dev " + kind);
        Shell.run(inHost + "link set " + kind + " up");
    }

    /** Where the host is on the network that can be cut. */
    public String address(int number) {
        return "10.77.0." + number;
    }

    /** Where the host is on the network for the test. */
    public String controlAddress(int number) {
        return "10.77.1." + number;
    }

    /** What a program's command line begins with when it runs on that host. */
    public List<String> on(int number) {
        return List.of("ip", "netns", "exec", prefix + "h" + number);
    }

    /** Puts these hosts onto an island of their own: packets from and to all others vanish without a word. */
    public void cut(int... numbers) {
        for (int number : numbers) {
            inSwitch("link set data" + number + " master " + ISLAND);
        }
    }

    /** Joins them to the others again. */
    public void heal(int... numbers) {
        for (int number : numbers) {
            inSwitch("link set data" + number + " master " + MAINLAND);
        }
    }

    private void inSwitch(String command) {
        Shell.run("ip -n " + prefix + "sw " + command);
    }

    private void add(String name) {
        synchronized (made) {
            Shell.run("ip netns add " + prefix + name);
            made.add(prefix + name);
        }
        Shell.run("ip -n " + prefix + name + " link set lo up");
    }

    private void removeAll() {
        synchronized (made) {
            made.forEach(name -> Shell.fault("ip netns del " + name));
            made.clear();
        }
    }

    @Override
    public void close() {
        removeAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
