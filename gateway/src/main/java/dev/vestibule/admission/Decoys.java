package dev.vestibule.admission;

import dev.vestibule.config.NetworkConfig;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secrets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// Makes the address that one login is named by to Home Assistant: nobody's, and never the same
/// twice. Safe to share between threads.
///
/// Home Assistant counts wrong passwords and wrong codes by address, and bans one for good, with
/// everything that comes from it. Attack: a visitor of the house types wrong passwords, or somebody
/// who is signed in types wrong codes, and the household's own address is banned; or everybody's,
/// where the gateway is all that Home Assistant sees. Who tries too often is held up by limits of
/// ours, and our log has the real address.
///
/// Home Assistant must still tell who is at home: some users may come from there only. So the
/// address is one of a private network (RFC 4193) for who is in a listed one, and one that is
/// reserved for documentation (RFC 3849) for everybody else.
public final class Decoys {

    /// `fd76:6573:7469:0::/64`, a network that nobody has.
    private static final long AT_HOME = 0xfd76657374690000L;

    /// `2001:db8:7665:7374::/64`
    private static final long ELSEWHERE = 0x20010db876657374L;

    private final Secrets secrets;
    private final NetworkConfig network;

    public Decoys(Secrets secrets, NetworkConfig network) {
        this.secrets = secrets;
        this.network = network;
    }

    public InetAddress inPlaceOf(ClientAddress client) {
        byte[] bytes =
                ByteBuffer.allocate(16)
                        .putLong(network.isLan(client) ? AT_HOME : ELSEWHERE)
                        .put(secrets.randomBytes(8))
                        .array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("16 bytes are an address", impossible);
        }
    }
}
