package dev.vestibule;

import dev.vestibule.cli.Cli;
import dev.vestibule.cli.CommandFailed;
import dev.vestibule.cli.ControlCommands;
import dev.vestibule.cli.RunningGateway;
import dev.vestibule.cli.Surroundings;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.gate.PortUnavailable;
import dev.vestibule.management.ManagementUnavailable;
import dev.vestibule.tls.CertificateUnusable;

import java.net.InetSocketAddress;
import java.time.InstantSource;

/// The program: reads the command line and does what it says.
public final class Main {

    private Main() {}

    static void main(String[] arguments) {
        System.exit(Cli.commandLine(surroundings()).execute(arguments));
    }

    /// The world outside, with the gateway that commands may start.
    public static Surroundings surroundings() {
        return Surroundings.ofProcess(Main::start);
    }

    private static RunningGateway start(GatewayConfig config) {
        try {
            return new Running(config, Gateway.start(InstantSource.system(), config));
        } catch (PortUnavailable taken) {
            throw new CommandFailed(
                    taken.getMessage() + "\nChoose another one by 'listen' in the configuration.");
        } catch (ManagementUnavailable taken) {
            throw new CommandFailed(
                    taken.getMessage()
                            + "\nChoose another one by 'management.listen' in the configuration.");
        } catch (CertificateUnusable problem) {
            throw new CommandFailed(
                    "Vestibule cannot start because of 'listen.tls'.\n" + problem.getMessage());
        }
    }

    private record Running(GatewayConfig config, Gateway gateway) implements RunningGateway {

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(config.listen().address(), gateway.port());
        }

        @Override
        public ControlCommands commands() {
            return gateway.commands();
        }

        @Override
        public void close() {
            gateway.close();
        }
    }
}
