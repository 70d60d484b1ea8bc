package dev.vestibule.testhouse.home;

/// The websocket of an add-on behind ingress: it sends back what it gets.
final class AddOnSocket implements SocketTransport.Listener {

    private final SocketTransport transport;

    AddOnSocket(SocketTransport transport) {
        this.transport = transport;
    }

    void open() {
        transport.listen(this);
    }

    @Override
    public void text(String message) {
        transport.send(message);
    }

    @Override
    public void binary(byte[] message) {
        transport.sendBinary(message);
    }

    @Override
    public void writable() {}

    @Override
    public void closed() {}
}
