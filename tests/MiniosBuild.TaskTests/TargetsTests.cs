using System.Reflection;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.TaskTests;

/// <summary>The targets against the task classes that they use.</summary>
public sealed class TargetsTests
{
    // What MSBuild itself takes on every task.
    private static readonly string[] CommonAttributes = ["Condition", "ContinueOnError", "MSBuildArchitecture", "MSBuildRuntime"];
    private static readonly string BuildFolder = Path.Combine(Repository.Root, "build");

    private static readonly (string File, XElement Element)[] Uses =
    [
        .. Directory.EnumerateFiles(BuildFolder, "*.targets", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => XDocument.Load(f).Descendants().Where(e => TaskShapeTests.TaskClasses.Any(t => t.Name == e.Name.LocalName)).Select(e => (Path.GetFileName(f), e))),
    ];

    [Fact]
    public void Every_task_class_is_declared_once_and_every_declaration_names_one()
    {
        var declared = XDocument.Load(Path.Combine(BuildFolder, "Minios.Tasks.targets")).Descendants("UsingTask").Select(u => u.Attribute("TaskName")!.Value);

        Assert.Equal(
            TaskShapeTests.TaskClasses.Select(t => t.FullName).Order(StringComparer.Ordinal), declared.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_task_is_used() =>
        Assert.Equal(
            TaskShapeTests.TaskClasses.Select(t => t.Name).Order(StringComparer.Ordinal),
            Uses.Select(u => u.Element.Name.LocalName).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_use_gives_parameters_that_the_task_has_and_all_that_it_requires() => Assert.All(Uses, use =>
    {
        var task = TaskShapeTests.TaskClasses.Single(t => t.Name == use.Element.Name.LocalName);
        var given = use.Element.Attributes().Select(a => a.Name.LocalName).Except(CommonAttributes).ToList();
        var inputs = TaskShapeTests.Parameters(task).Where(p => !p.IsDefined(typeof(OutputAttribute))).Select(p => p.Name);
        var required = TaskShapeTests.Parameters(task).Where(p => p.IsDefined(typeof(RequiredAttribute))).Select(p => p.Name);

        Assert.Empty(given.Except(inputs));
        Assert.Empty(required.Except(given));
    });

    [Fact]
    public void Every_output_that_a_target_takes_is_one_of_the_task() => Assert.All(Uses, use =>
    {
        var task = TaskShapeTests.TaskClasses.Single(t => t.Name == use.Element.Name.LocalName);
        Assert.All(use.Element.Elements().Where(e => e.Name.LocalName == "Output"), output =>
            Assert.NotNull(task.GetProperty(output.Attribute("TaskParameter")!.Value)?.GetCustomAttribute<OutputAttribute>()));
    });
}
