"""Lints, renders and validates helm/varsel; `scripts/test-chart.sh` runs it. Prints 'N passed, N failed' at the end."""

import json
import pathlib
import sys
import unittest

import helm_python
import kubernetes_validate
import yaml

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
CHART = ROOT / "helm" / "varsel"
# The oldest version that Chart.yaml admits and the newest that the validator knows.
KUBERNETES = ["1.30", "1.37"]
# Helm's lint severities: 1 information, 2 warning, 3 error.
WARNING = 2
GOOD = {path.stem: yaml.safe_load(path.read_text()) for path in sorted((HERE / "values").glob("*.yaml"))}

# What must be refused: a change to the smallest good values, and what the message must name.
REFUSED = {
    "no public address": ({"publicUrl": ""}, "publicUrl"),
    "public address without TLS": ({"publicUrl": "http://varsel.example"}, "publicUrl"),
    "no image": ({"image": {"repository": ""}}, "repository"),
    "an image that changes under us": ({"image": {"repository": "varsel", "tag": "latest"}}, "tag"),
    "no replica": ({"replicas": 0}, "replicas"),
    "replicas as text": ({"replicas": "3"}, "replicas"),
    "three replicas on SQLite": ({"replicas": 3}, "database.existingSecret"),
    "PostgreSQL without the key of the log": ({"database": {"existingSecret": "database"}}, "useLog.existingSecret"),
    "PostgreSQL without the keys of what is sealed": (
        {"database": {"existingSecret": "database"}, "useLog": {"existingSecret": "log"}},
        "keys.existingSecret",
    ),
    "an owner of the tables without a server": (
        {"database": {"owner": {"existingSecret": "owner"}}},
        "database.existingSecret",
    ),
    "no sender": ({"mail": {"from": "", "existingSecret": "mail"}}, "from"),
    "no SMTP secret": ({"mail": {"from": "a@b", "existingSecret": ""}}, "existingSecret"),
    "no identity provider": ({"identity": {"providers": {"mitid": None}}}, "providers"),
    "a provider without an issuer": ({"identity": {"providers": {"mitid": {"issuer": ""}}}}, "issuer"),
    "a provider without a name for people": ({"identity": {"providers": {"mitid": {"label": None}}}}, "label"),
    "a provider whose name cannot stand in addresses": (
        {"identity": {"providers": {"Mit-ID": GOOD["single"]["identity"]["providers"]["mitid"]}}},
        "Mit-ID",
    ),
    "ingress without a certificate": ({"ingress": {"enabled": True, "proxies": ["10.42.0.0/16"]}}, "tlsSecret"),
    "ingress behind which everybody is one client": ({"ingress": {"enabled": True, "tlsSecret": "tls"}}, "proxies"),
    "a proxy without a network": ({"ingress": {"proxies": ["10.42.0.1"]}}, "proxies"),
    "a key as a value": ({"tls": {"key": "-----BEGIN PRIVATE KEY-----"}}, "'key'"),
    "a secret as a value": ({"database": {"url": "postgres://user:password@db/varsel"}}, "'url'"),
    "a password in the settings": ({"settings": '[mail.smtp]\nurl = "smtps://me:password@relay"'}, "settings"),
    "a misspelt setting": ({"replica": 3}, "'replica'"),
    "no memory limit": ({"resources": {"limits": {"memory": None}}}, "memory"),
}


def render(values):
    """The objects that Helm would send to the cluster, by `Kind/name`."""
    with helm_python.Chart.load(CHART) as chart:
        chart.validate_schema(chart.merge_values(values))
        rendered = chart.render(values, name="varsel", namespace="incidents")
    texts = [text for name, text in rendered.items() if name.endswith(".yaml")]
    documents = [document for text in texts for document in yaml.safe_load_all(text) if document]
    return {f"{document['kind']}/{document['metadata']['name']}": document for document in documents}


def pods(objects):
    """The pod templates among `objects`."""
    return {name: o["spec"]["template"] for name, o in objects.items() if o["kind"] in ("Deployment", "Job")}


def containers(pod):
    """The containers of `pod`, those that run first included."""
    return pod["spec"].get("initContainers", []) + pod["spec"]["containers"]


class GoodValues(unittest.TestCase):
    """Each file in values/ is a whole installation."""

    @classmethod
    def setUpClass(cls):
        cls.installations = [render(values) for values in GOOD.values()]

    def test_there_are_some(self):
        self.assertEqual(set(GOOD), {"single", "ingress", "replicas", "tls"})

    def test_lint(self):
        for name, values in GOOD.items():
            with self.subTest(name):
                findings = helm_python.lint(str(CHART), values, strict=True)
                self.assertEqual([m for m in findings["messages"] if m["severity"] >= WARNING], [])
                self.assertEqual(findings["errors"], [])

    def test_kubernetes_accepts_every_object(self):
        for objects in self.installations:
            for document in objects.values():
                for version in KUBERNETES:
                    kubernetes_validate.validate(document, version, strict=True)

    def test_the_validator_would_see_a_mistake(self):
        service = render(GOOD["single"])["Service/varsel"]
        service["spec"]["ports"][0]["port"] = "eighty"
        with self.assertRaises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(service, KUBERNETES[-1], strict=True)

    def test_tls_is_served_and_probed_where_there_is_a_certificate(self):
        for name, port, scheme in [("single", 80, None), ("tls", 443, "HTTPS")]:
            objects = render(GOOD[name])
            container = objects["Deployment/varsel"]["spec"]["template"]["spec"]["containers"][0]
            settings = {variable["name"] for variable in container["env"]}
            self.assertEqual("VARSEL_TLS__KEY" in settings, scheme is not None)
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                self.assertEqual(container[probe]["httpGet"].get("scheme"), scheme)
            self.assertEqual([it["port"] for it in objects["Service/varsel"]["spec"]["ports"]], [port])

    def test_pods_are_confined(self):
        for objects in self.installations:
            for pod in pods(objects).values():
                self.assertTrue(pod["spec"]["securityContext"]["runAsNonRoot"])
                self.assertEqual(pod["spec"]["securityContext"]["seccompProfile"], {"type": "RuntimeDefault"})
                self.assertFalse(pod["spec"]["automountServiceAccountToken"])
                # A service called `varsel` would otherwise set VARSEL_PORT and more, which read like configuration.
                self.assertFalse(pod["spec"]["enableServiceLinks"])
                for container in containers(pod):
                    security = container["securityContext"]
                    self.assertTrue(security["readOnlyRootFilesystem"])
                    self.assertFalse(security["allowPrivilegeEscalation"])
                    self.assertEqual(security["capabilities"], {"drop": ["ALL"]})
                    self.assertIn("memory", container["resources"]["limits"])

    def test_clients_are_told_apart_behind_an_ingress(self):
        for name, value in [("ingress", "10.42.0.0/16,fd00::/8"), ("single", None)]:
            container = render(GOOD[name])["Deployment/varsel"]["spec"]["template"]["spec"]["containers"][0]
            settings = {variable["name"]: variable["value"] for variable in container["env"]}
            self.assertEqual(settings.get("VARSEL_HTTP__PROXIES"), value)

    def test_a_rule_without_ports_does_not_open_all_of_them(self):
        closed = {**GOOD["single"], "networkPolicy": {"egressPorts": []}}
        for rule in render(closed)["NetworkPolicy/varsel"]["spec"]["egress"]:
            self.assertTrue(rule["ports"])

    def test_an_erasure_has_room_to_write_the_file_anew(self):
        for name, folder in [("single", "/var/lib/varsel/data"), ("replicas", None)]:
            container = render(GOOD[name])["Deployment/varsel"]["spec"]["template"]["spec"]["containers"][0]
            settings = {variable["name"]: variable["value"] for variable in container["env"]}
            self.assertEqual(settings.get("SQLITE_TMPDIR"), folder)

    def test_secrets_are_files(self):
        for objects in self.installations:
            self.assertFalse([name for name in objects if name.startswith("Secret/")])
            for pod in pods(objects).values():
                mounts = {volume["name"] for volume in pod["spec"]["volumes"]}
                for container in containers(pod):
                    for mount in container["volumeMounts"]:
                        self.assertIn(mount["name"], mounts)
                    for variable in container.get("env", []):
                        self.assertNotIn("valueFrom", variable)
                        if "SECRET" in variable["name"] or variable["name"].endswith("__URL_FILE"):
                            self.assertTrue(variable["name"].endswith("_FILE"))
                            self.assertTrue(variable["value"].startswith("/run/secrets/varsel/"))

    def test_selectors_find_the_pods(self):
        for objects in self.installations:
            labels = objects["Deployment/varsel"]["spec"]["template"]["metadata"]["labels"].items()
            deployment = objects["Deployment/varsel"]["spec"]["selector"]["matchLabels"]
            for selector in (deployment, objects["Service/varsel"]["spec"]["selector"]):
                self.assertLessEqual(selector.items(), labels)
            for pod in pods(objects).values():
                policy = objects["NetworkPolicy/varsel"]["spec"]["podSelector"]["matchLabels"]
                self.assertLessEqual(policy.items(), pod["metadata"]["labels"].items())


class Variants(unittest.TestCase):
    """What differs between the installations."""

    def test_single_keeps_its_own_volume(self):
        # `varsel serve` migrates SQLite itself, so there is no job.
        objects = render(GOOD["single"])
        self.assertIn("PersistentVolumeClaim/varsel-data", objects)
        self.assertNotIn("Job/varsel-migrate", objects)
        self.assertEqual(objects["Deployment/varsel"]["spec"]["strategy"], {"type": "Recreate"})

    def test_replicas_share_postgresql(self):
        objects = render(GOOD["replicas"])
        self.assertNotIn("PersistentVolumeClaim/varsel-data", objects)
        self.assertEqual(objects["PodDisruptionBudget/varsel"]["spec"]["maxUnavailable"], 1)
        job = objects["Job/varsel-migrate"]
        self.assertEqual(job["metadata"]["annotations"]["helm.sh/hook"], "pre-install,pre-upgrade")
        for pod in pods(objects).values():
            for container in containers(pod):
                self.assertIn("VARSEL_DATABASE__URL_FILE", [v["name"] for v in container["env"]])
        spec = objects["Deployment/varsel"]["spec"]
        server = containers(spec["template"])[0]
        self.assertIn("VARSEL_USE_LOG__KEY_FILE", [v["name"] for v in server["env"]])
        self.assertEqual(spec["replicas"], 3)
        self.assertEqual(spec["strategy"]["rollingUpdate"]["maxUnavailable"], 0)
        self.assertEqual(len(spec["template"]["spec"]["topologySpreadConstraints"]), 2)

    def test_only_the_migration_knows_the_owner_of_the_tables(self):
        owner = "VARSEL_DATABASE__OWNER_URL_FILE"
        for values, separate in [(GOOD["replicas"], True), (GOOD["replicas"] | {"database": {"existingSecret": "db"}}, False)]:
            objects = render(values)
            job, server = (objects[name]["spec"]["template"]["spec"] for name in ("Job/varsel-migrate", "Deployment/varsel"))
            settings = [{it["name"]: it["value"] for it in pod["containers"][0]["env"]} for pod in (job, server)]
            volumes = [{it["name"] for it in pod["volumes"]} for pod in (job, server)]
            self.assertEqual((owner in settings[0], owner in settings[1]), (separate, False))
            self.assertEqual(["database-owner" in it for it in volumes], [separate, False])
            self.assertEqual(settings[1].get("VARSEL_USE_LOG__REQUIRE_SEPARATION"), "true" if separate else None)

    def test_settings_reach_the_server(self):
        objects = render(GOOD["replicas"])
        self.assertIn("vagt@sektorcert.example", objects["ConfigMap/varsel"]["data"]["varsel.toml"])
        container = objects["Deployment/varsel"]["spec"]["template"]["spec"]["containers"][0]
        self.assertIn({"name": "VARSEL_CONFIG", "value": "/etc/varsel/varsel.toml"}, container["env"])

    def test_every_variable_is_a_setting(self):
        schema = json.loads((ROOT / "schema" / "config.json").read_text())
        for pod in pods(render(GOOD["replicas"])).values():
            for variable in containers(pod)[0]["env"]:
                name = variable["name"].removeprefix("VARSEL_")
                if name == "CONFIG":
                    continue
                setting = schema
                for key in name.removesuffix("_FILE").lower().split("__"):
                    named = setting.get("properties", {})
                    setting = named[key] if key in named else setting["additionalProperties"]
                # A key that is nowhere ends at `additionalProperties: false`.
                self.assertIsInstance(setting, dict, name)
                self.assertEqual(setting.get("writeOnly", False), name.endswith("_FILE"), name)

    def test_ingress_serves_the_public_host(self):
        spec = render(GOOD["ingress"])["Ingress/varsel"]["spec"]
        self.assertEqual(spec["rules"][0]["host"], "varsel.example")
        self.assertEqual(spec["tls"], [{"hosts": ["varsel.example"], "secretName": "varsel-tls"}])

    def test_the_documented_example(self):
        text = (ROOT / "docs" / "deployment.md").read_text()
        objects = render(yaml.safe_load(text.split("```yaml\n")[1].split("```")[0]))
        self.assertIn("Ingress/varsel", objects)
        self.assertIn("Job/varsel-migrate", objects)

    def test_probes(self):
        container = render(GOOD["single"])["Deployment/varsel"]["spec"]["template"]["spec"]["containers"][0]
        self.assertEqual(container["livenessProbe"]["httpGet"]["path"], "/health/live")
        self.assertEqual(container["readinessProbe"]["httpGet"]["path"], "/health/ready")


class RefusedValues(unittest.TestCase):
    """Wrong values must stop the installation and name what is wrong."""

    def test_defaults_alone(self):
        with self.assertRaisesRegex(helm_python.HelmError, "publicUrl"):
            render({})


def refusal(change, named):
    def test(self):
        with self.assertRaisesRegex(helm_python.HelmError, named):
            render(GOOD["single"] | change)

    return test


for title, (change, named) in REFUSED.items():
    setattr(RefusedValues, "test_" + title.replace(" ", "_"), refusal(change, named))


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=2).result
    failed = len({str(getattr(case, "test_case", case)) for case, _ in result.failures + result.errors})
    print(f"{result.testsRun - failed} passed, {failed} failed", flush=True)
    sys.exit(failed > 0 or result.testsRun == 0)
