package dev.weir.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A {@code web.xml}, edited the way a deployer would: by copying the shipped route and filling it in. */
final class Descriptor {
    private static final String SHIPPED_ROUTE = "proxy";

    private final Document document;

    private Descriptor(Document document) {
        this.document = document;
    }

    static Descriptor read(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return new Descriptor(factory.newDocumentBuilder().parse(file.toFile()));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    void write(Path file) {
        try {
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(file.toFile()));
        } catch (TransformerException e) {
            throw new IllegalStateException("cannot write " + file, e);
        }
    }

    /** One servlet and one mapping for each route, in the place of the shipped ones. */
    void replaceRoutes(List<RouteSpec> routes) {
        Element servlet = shipped("servlet");
        Element mapping = shipped("servlet-mapping");
        for (RouteSpec route : routes) {
            Element copy = insertCopy(servlet, route);
            if (route.proxyTo() != null) {
                addInitParam(copy, "proxyTo", route.proxyTo());
            }
            route.params().forEach((name, value) -> addInitParam(copy, name, value));
            child(insertCopy(mapping, route), "url-pattern").setTextContent(route.urlPattern());
        }
        servlet.getParentNode().removeChild(servlet);
        mapping.getParentNode().removeChild(mapping);
    }

    /** Sets context-params {@code weir.NAME}, in the place of shipped ones of the same names. */
    void setShared(Map<String, String> shared) {
        shared.forEach((name, value) -> {
            String full = "weir." + name;
            elements("context-param").stream()
                    .filter(param -> text(param, "param-name").equals(full))
                    .forEach(param -> param.getParentNode().removeChild(param));
            Element root = document.getDocumentElement();
            root.insertBefore(param("context-param", full, value), root.getFirstChild());
        });
    }

    private Element shipped(String tag) {
        return elements(tag).stream()
                .filter(element -> text(element, "servlet-name").equals(SHIPPED_ROUTE))
                .findFirst()
                .orElseThrow(() -> new AssertionError("web.xml has no <" + tag + "> named " + SHIPPED_ROUTE));
    }

    private Element insertCopy(Element shipped, RouteSpec route) {
        Element copy = (Element) shipped.cloneNode(true);
        child(copy, "servlet-name").setTextContent(route.name());
        shipped.getParentNode().insertBefore(copy, shipped);
        return copy;
    }

    /** The schema wants init-params right behind the class. */
    private void addInitParam(Element servlet, String name, String value) {
        Node behindClass = child(servlet, "servlet-class").getNextSibling();
        servlet.insertBefore(param("init-param", name, value), behindClass);
    }

    private Element param(String tag, String name, String value) {
        Element param = element(tag);
        param.appendChild(element("param-name")).setTextContent(name);
        param.appendChild(element("param-value")).setTextContent(value);
        return param;
    }

    private Element element(String tag) {
        return document.createElementNS(document.getDocumentElement().getNamespaceURI(), tag);
    }

    private List<Element> elements(String tag) {
        NodeList found = document.getElementsByTagNameNS("*", tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static Element child(Element parent, String tag) {
        return (Element) parent.getElementsByTagNameNS("*", tag).item(0);
    }

    private static String text(Element parent, String tag) {
        return child(parent, tag).getTextContent().strip();
    }
}
