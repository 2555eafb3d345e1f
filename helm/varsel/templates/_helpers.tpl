{{/* The release's own name for everything it makes. */}}
{{- define "varsel.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "varsel.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "varsel.labels" -}}
{{ include "varsel.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "varsel.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* Truthy when a PostgreSQL is named; otherwise Varsel keeps its own SQLite on a volume, which one process can use. */}}
{{- define "varsel.postgres" -}}
{{- if and (not .Values.database.existingSecret) (gt (int .Values.replicas) 1) }}
{{- fail "replicas is more than 1: that needs PostgreSQL, so name its Secret in database.existingSecret" }}
{{- end }}
{{- if and .Values.database.existingSecret (not .Values.useLog.existingSecret) }}
{{- fail "PostgreSQL needs one key of the log of use for every pod: name its Secret in useLog.existingSecret (docs/deployment.md)" }}
{{- end }}
{{- if and .Values.database.existingSecret (not .Values.keys.existingSecret) }}
{{- fail "PostgreSQL needs one root key and one vault for every pod: name their Secret in keys.existingSecret (docs/keys.md)" }}
{{- end }}
{{- if and .Values.database.owner.existingSecret (not .Values.database.existingSecret) }}
{{- fail "database.owner.existingSecret separates the roles of PostgreSQL: name the Secret of the server's role in database.existingSecret (docs/deployment.md)" }}
{{- end }}
{{- .Values.database.existingSecret }}
{{- end }}

{{- define "varsel.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "varsel.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* Where the database is: an address in a mounted file, never in the environment; or nothing, which means SQLite. */}}
{{- define "varsel.databaseEnv" -}}
{{- if include "varsel.postgres" . }}
- name: VARSEL_DATABASE__URL_FILE
  value: /run/secrets/varsel/database/url
- name: VARSEL_KEYS__DATABASE_FILE
  value: /run/secrets/varsel/keys/url
{{- end }}
{{- if .Values.keys.existingSecret }}
- name: VARSEL_KEYS__ROOT_FILE
  value: /run/secrets/varsel/keys/root
{{- if .Values.keys.retired }}
- name: VARSEL_KEYS__RETIRED_FILE
  value: /run/secrets/varsel/keys/retired
{{- end }}
{{- end }}
{{- end }}

{{- define "varsel.databaseMount" -}}
{{- if include "varsel.postgres" . }}
- name: database
  mountPath: /run/secrets/varsel/database
  readOnly: true
{{- else }}
- name: data
  mountPath: /var/lib/varsel/data
{{- end }}
{{- if .Values.keys.existingSecret }}
- name: keys
  mountPath: /run/secrets/varsel/keys
  readOnly: true
{{- end }}
{{- end }}

{{- define "varsel.databaseVolume" -}}
{{- if include "varsel.postgres" . }}
- name: database
  secret:
    secretName: {{ .Values.database.existingSecret }}
    defaultMode: 0440
    items: [{ key: {{ .Values.database.key | quote }}, path: url }]
{{- else }}
- name: data
  persistentVolumeClaim:
    claimName: {{ include "varsel.fullname" . }}-data
{{- end }}
{{- if .Values.keys.existingSecret }}
- name: keys
  secret:
    secretName: {{ .Values.keys.existingSecret }}
    defaultMode: 0440
    items:
      - { key: {{ .Values.keys.root | quote }}, path: root }
      {{- if include "varsel.postgres" . }}
      - { key: {{ .Values.keys.database | quote }}, path: url }
      {{- end }}
      {{- if .Values.keys.retired }}
      - { key: {{ .Values.keys.retired | quote }}, path: retired }
      {{- end }}
{{- end }}
{{- end }}
