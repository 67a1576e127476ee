package dev.weir.boot;

public final class Weir {
    private Weir() {}
    public static void main(String[] args) throws Exception {
        System.out.println(org.eclipse.jetty.server.Server.getVersion() + " " + Weir.class.getProtectionDomain().getCodeSource().getLocation() + " " + org.eclipse.jetty.client.HttpClient.class.getClassLoader());
        var s = new org.eclipse.jetty.server.Server(9999);
        var c = new org.eclipse.jetty.ee11.webapp.WebAppContext();
        c.setServer(s);
        c.setClassLoader(Weir.class.getClassLoader());
        c.setDefaultsDescriptor(null);
        c.setExtractWAR(false);
        c.setWar(args[0]);
        c.setConfigurations(new org.eclipse.jetty.ee11.webapp.Configuration[]{new org.eclipse.jetty.ee11.webapp.WebXmlConfiguration()});
        s.setHandler(c);
        s.start();
        System.out.println(c.getTempDirectory() + " " + c.getBaseResource());
        System.exit(0);
    }
}
