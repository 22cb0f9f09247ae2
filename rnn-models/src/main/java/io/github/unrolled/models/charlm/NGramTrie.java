package io.github.unrolled.models.charlm;

import java.util.Arrays;

/**
 * The n-grams of a text up to some length, as a tree: the children of a node are the tokens that follow it. Kept in flat
 * arrays and one hash table from (node, token) to the child, as a text of a million characters has as many nodes.
 *
 * <p>A position in a text is an array of nodes: entry k is the node of its last k tokens, or {@link #ABSENT}.
 */
final class NGramTrie {
    static final int ABSENT = -1;
    private static final int ROOT = 0;

    private final int order;
    private final int vocabularySize;
    private int size = 1;
    private int[] parents = new int[1024];
    private byte[] depths = new byte[1024];
    private int[] counts = new int[1024];
    private int[] leftNeighbours = new int[1024];
    private long[] totals = {};
    private int[] followers = {};
    private long[][] withCount = {};
    /** Key + 1, so that 0 is a free place. */
    private long[] keys = new long[1 << 12];

    private int[] values = new int[1 << 12];

    private NGramTrie(int order, int vocabularySize) {
        this.order = order;
        this.vocabularySize = vocabularySize;
    }

    static NGramTrie count(int[] tokens, int vocabularySize, int order) {
        if (order > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("an order of " + order + "; at most " + Byte.MAX_VALUE + " is possible");
        }
        NGramTrie trie = new NGramTrie(order, vocabularySize);
        int[] contexts = trie.newContexts();
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0 || tokens[i] >= vocabularySize) {
                throw new IllegalArgumentException(
                        "token " + tokens[i] + " in place " + i + " is outside of a vocabulary of " + vocabularySize);
            }
            trie.add(contexts, tokens[i]);
        }
        trie.sum();
        return trie;
    }

    /** The position before a text. */
    int[] newContexts() {
        int[] contexts = new int[order];
        Arrays.fill(contexts, ABSENT);
        contexts[0] = ROOT;
        return contexts;
    }

    /** Moves a position over a token. */
    void advance(int[] contexts, int token) {
        for (int k = order - 1; k > 0; k--) {
            contexts[k] = contexts[k - 1] == ABSENT ? ABSENT : child(contexts[k - 1], token);
        }
    }

    /** Counts the n-grams that end in a token, and moves over it. */
    private void add(int[] contexts, int token) {
        int shorter = ROOT;
        int[] before = contexts.clone();
        for (int k = 0; k < order && before[k] != ABSENT; k++) {
            int known = size;
            int node = childOrNew(before[k], token, k + 1);
            counts[node]++;
            if (node == known) {
                // A new n-gram is a new left neighbour of what it is without its first token.
                leftNeighbours[shorter]++;
            }
            shorter = node;
            if (k + 1 < order) {
                contexts[k + 1] = node;
            }
        }
    }

    private void sum() {
        totals = new long[size];
        followers = new int[size];
        withCount = new long[order + 1][3];
        for (int node = 1; node < size; node++) {
            int count = count(node);
            if (count > 0) {
                totals[parents[node]] += count;
                followers[parents[node]]++;
            }
            if (count == 1 || count == 2) {
                withCount[depths[node]][count]++;
            }
        }
    }

    /** The count of Kneser and Ney: occurrences of the longest n-grams, different left neighbours of the others. */
    int count(int node) {
        return depths[node] == order ? counts[node] : leftNeighbours[node];
    }

    /** The sum of the counts of a node's children. */
    long total(int node) {
        return totals[node];
    }

    /** How many children have a count. */
    int followers(int node) {
        return followers[node];
    }

    /** How many n-grams of one length have the count 1 or 2. */
    long withCount(int length, int count) {
        return withCount[length][count];
    }

    int child(int node, int token) {
        int place = place(keys, key(node, token));
        return keys[place] == 0 ? ABSENT : values[place];
    }

    private int childOrNew(int node, int token, int depth) {
        long key = key(node, token);
        int place = place(keys, key);
        if (keys[place] != 0) {
            return values[place];
        }
        if (size == parents.length) {
            parents = Arrays.copyOf(parents, 2 * size);
            depths = Arrays.copyOf(depths, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
            leftNeighbours = Arrays.copyOf(leftNeighbours, 2 * size);
        }
        parents[size] = node;
        depths[size] = (byte) depth;
        keys[place] = key;
        values[place] = size;
        size++;
        if (size > keys.length / 2) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int place = place(keys, oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }

    private long key(int node, int token) {
        return (long) node * vocabularySize + token + 1;
    }

    /** Where a key is, or the free place where it would be. */
    private static int place(long[] keys, long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9e3779b97f4a7c15L;
        int place = (int) (mixed >>> 32) & mask;
        while (keys[place] != 0 && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
