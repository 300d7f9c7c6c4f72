package loadpath;

import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.model.entity.StorageSettings;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.test.config.TestHSearchAddInConfig;
import ca.uhn.fhir.jpa.test.config.TestR4Config;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** A HAPI FHIR JPA server (R4, in-memory database) on 127.0.0.1, for the journey against a server we did not write. */
public final class HapiServer {

    public static void main(String[] args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler();
        handler.setContextPath("/");

        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.register(TestR4Config.class, TestHSearchAddInConfig.NoFT.class);
        spring.setServletContext(handler.getServletContext());
        spring.refresh();

        FhirContext fhir = spring.getBean(FhirContext.class);
        JpaStorageSettings settings = spring.getBean(JpaStorageSettings.class);
        settings.setAllowExternalReferences(true);
        settings.setIndexMissingFields(StorageSettings.IndexEnabledEnum.ENABLED); // or no export of all patients
        settings.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.ANY);

        RestfulServer rest = new RestfulServer(fhir);
        rest.registerProviders(spring.getBean("myResourceProvidersR4", ResourceProviderFactory.class).createProviders());
        rest.registerProvider(spring.getBean("mySystemProviderR4", JpaSystemProvider.class));
        rest.registerProvider(spring.getBean(BulkDataExportProvider.class));
        // An export moves on by a round of the server's, which it makes once a minute by itself.
        IJobMaintenanceService jobs = spring.getBean(IJobMaintenanceService.class);
        Executors.newSingleThreadScheduledExecutor(HapiServer::daemon)
                .scheduleWithFixedDelay(jobs::runMaintenancePass, 1, 1, TimeUnit.SECONDS);
        rest.setServerConformanceProvider(new JpaCapabilityStatementProvider(
                rest,
                spring.getBean("mySystemDaoR4", IFhirSystemDao.class),
                settings,
                spring.getBean(ISearchParamRegistry.class),
                spring.getBean(IValidationSupport.class)));
        rest.setPagingProvider(new FifoMemoryPagingProvider(100).setDefaultPageSize(20).setMaximumPageSize(500));
        handler.addServlet(new ServletHolder(rest), "/fhir/*");
        server.setHandler(handler);
        server.start();
        String base = "http://127.0.0.1:" + connector.getLocalPort() + "/fhir";
        System.out.println("READY " + base);
        System.out.flush();
        server.join();
    }

    private static Thread daemon(Runnable work) {
        Thread made = new Thread(work);
        made.setDaemon(true);
        return made;
    }
}
