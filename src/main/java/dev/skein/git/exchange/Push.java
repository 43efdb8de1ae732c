package dev.skein.git.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/** One push, and what its answer means. */
final class Push {
    /** What remotes say that will say it again. */
    private static final Pattern FINAL = Pattern.compile(
            "hook|protected|denied|deny|denying|prohibited|hidden ref|not permitted|not allowed|read-only|unauthorized",
            Pattern.CASE_INSENSITIVE);

    private final Repository repository;
    private final Transport transport;

    Push(Repository repository, Transport transport) {
        this.repository = repository;
        this.transport = transport;
    }

    Pushed push(List<Update> updates) throws IOException {
        var asked = new ArrayList<RemoteRefUpdate>();
        for (var update : updates) {
            asked.add(new RemoteRefUpdate(
                    repository, (String) null, id(update.next()), update.ref(), true, null, id(update.expected())));
        }
        transport.setPushAtomic(updates.size() > 1);
        try {
            var answer = transport.push(NullProgressMonitor.INSTANCE, asked);
            return meaning(answer.getRemoteUpdates(), answer.getMessages());
        } catch (TransportException e) {
            if (String.valueOf(e.getMessage()).contains(JGitText.get().atomicPushNotSupported)) {
                return new Pushed(Pushed.Result.NOT_ATOMIC, "");
            }
            throw e;
        }
    }

    private static ObjectId id(@Nullable String commit) {
        return commit == null ? ObjectId.zeroId() : ObjectId.fromString(commit);
    }

    private static Pushed meaning(Collection<RemoteRefUpdate> updates, String said) {
        var words = new StringBuilder();
        boolean isDone = true;
        boolean isFinal = false;
        boolean isChanged = false;
        for (var update : updates) {
            var status = update.getStatus();
            isDone &= status == RemoteRefUpdate.Status.OK || status == RemoteRefUpdate.Status.UP_TO_DATE;
            var message = String.valueOf(update.getMessage());
            isFinal |= status == RemoteRefUpdate.Status.REJECTED_NODELETE
                    || status == RemoteRefUpdate.Status.REJECTED_OTHER_REASON
                            && FINAL.matcher(message).find();
            isChanged |= status == RemoteRefUpdate.Status.REJECTED_REMOTE_CHANGED
                    || status == RemoteRefUpdate.Status.REJECTED_NONFASTFORWARD
                    || status == RemoteRefUpdate.Status.NON_EXISTING;
            words.append(words.isEmpty() ? "" : "; ")
                    .append(update.getRemoteName())
                    .append(' ')
                    .append(status);
            words.append(update.getMessage() == null ? "" : ": " + message);
        }
        if (isDone) {
            return Pushed.DONE;
        }
        var told = said == null || said.isBlank() ? "" : " (" + said.strip().replaceAll("\\s+", " ") + ")";
        var result = isFinal ? Pushed.Result.REFUSED : Pushed.Result.BUSY;
        return new Pushed(isChanged ? Pushed.Result.CHANGED : result, words + told);
    }
}
