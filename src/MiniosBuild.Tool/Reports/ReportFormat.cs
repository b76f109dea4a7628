namespace MiniosBuild.Tool.Reports;

/// <summary>How a report is written.</summary>
internal enum ReportFormat
{
    /// <summary>Lines for people, in the form that compilers use.</summary>
    Text,

    /// <summary>One JSON object, described in docs/minios.md.</summary>
    Json,

    /// <summary>A SARIF 2.1.0 log, for code scanning.</summary>
    Sarif,
}
