package dev.skein.pipeline.vpl.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The strongly connected components of a graph whose nodes are numbered from 0. */
final class Components {
    /*
     * Tarjan's algorithm [1] with a stack of its own: a component is complete when its first node is left, hence after
     * everything it points to. Linear in nodes and edges.
     *
     * [1] R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972).
     */
    private static final int UNSEEN = -1;

    private final List<List<Integer>> edges;
    private final int[] number;
    private final int[] low;
    private final int[] nextEdge;
    private final boolean[] open;
    private final Deque<Integer> path = new ArrayDeque<>();
    private final Deque<Integer> unassigned = new ArrayDeque<>();
    private final List<List<Integer>> components = new ArrayList<>();
    private int numbered;

    private Components(List<List<Integer>> edges) {
        this.edges = edges;
        number = new int[edges.size()];
        low = new int[edges.size()];
        nextEdge = new int[edges.size()];
        open = new boolean[edges.size()];
        Arrays.fill(number, UNSEEN);
    }

    /** Every node in one component, a component after all that it points to. */
    static List<List<Integer>> of(List<List<Integer>> edges) {
        var search = new Components(edges);
        for (int node = 0; node < edges.size(); node++) {
            search.from(node);
        }
        return search.components;
    }

    private void from(int start) {
        if (number[start] != UNSEEN) {
            return;
        }
        enter(start);
        while (!path.isEmpty()) {
            int node = path.element();
            if (nextEdge[node] < edges.get(node).size()) {
                follow(node, edges.get(node).get(nextEdge[node]++));
            } else {
                leave(node);
            }
        }
    }

    private void enter(int node) {
        number[node] = numbered;
        low[node] = numbered++;
        open[node] = true;
        path.push(node);
        unassigned.push(node);
    }

    private void follow(int node, int target) {
        if (number[target] == UNSEEN) {
            enter(target);
        } else if (open[target]) {
            low[node] = Math.min(low[node], number[target]);
        }
    }

    private void leave(int node) {
        path.pop();
        if (!path.isEmpty()) {
            low[path.element()] = Math.min(low[path.element()], low[node]);
        }
        if (low[node] == number[node]) {
            components.add(component(node));
        }
    }

    private List<Integer> component(int first) {
        var component = new ArrayList<Integer>();
        int member;
        do {
            member = unassigned.pop();
            open[member] = false;
            component.add(member);
        } while (member != first);
        return component;
    }
}
