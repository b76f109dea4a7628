using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Build.Framework;
using MiniosBuild.Tasks;

namespace MiniosBuild.TaskTests;

/// <summary>What MSBuild asks of a task class, of every class in the assembly.</summary>
public sealed class TaskShapeTests
{
    private static readonly Type[] ParameterTypes =
        [typeof(string), typeof(bool), typeof(int), typeof(double), typeof(ITaskItem), typeof(string[]), typeof(ITaskItem[])];

    public static Type[] TaskClasses { get; } = [.. typeof(MiniosTask).Assembly.GetTypes().Where(t => typeof(ITask).IsAssignableFrom(t) && !t.IsAbstract)];

    [Fact]
    public void Every_task_says_itself_that_it_can_run_on_threads() =>
        Assert.All(TaskClasses, t => Assert.NotNull(t.GetCustomAttribute<MSBuildMultiThreadableTaskAttribute>(inherit: false)));

    [Fact]
    public void Every_task_takes_its_environment_and_can_be_cancelled() => Assert.All(TaskClasses, t =>
    {
        Assert.True(typeof(IMultiThreadableTask).IsAssignableFrom(t));
        Assert.True(typeof(ICancelableTask).IsAssignableFrom(t));
    });

    [Fact]
    public void Every_task_is_public_and_sealed_and_made_without_arguments() => Assert.All(TaskClasses, t =>
    {
        Assert.True(t.IsPublic && t.IsSealed, t.Name);
        Assert.NotNull(t.GetConstructor(Type.EmptyTypes));
    });

    [Fact]
    public void Parameters_are_of_types_that_projects_can_give() => Assert.All(TaskClasses.SelectMany(Parameters), p =>
    {
        Assert.Contains(p.PropertyType, ParameterTypes);
        Assert.True(p.GetMethod!.IsPublic && p.SetMethod!.IsPublic, p.Name);
    });

    [Fact]
    public void No_output_is_required_of_the_project() =>
        Assert.DoesNotContain(TaskClasses.SelectMany(Parameters), p => p.IsDefined(typeof(OutputAttribute)) && p.IsDefined(typeof(RequiredAttribute)));

    [Fact]
    public void Nothing_static_can_change()
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var fields = typeof(MiniosTask).Assembly.GetTypes().Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute)))
            .SelectMany(t => t.GetFields(All)).Where(f => !f.IsLiteral).ToList();

        Assert.All(fields, f => Assert.True(f.IsInitOnly && (f.FieldType == typeof(string) || f.FieldType.IsPrimitive), $"{f.DeclaringType}.{f.Name}"));
    }

    internal static IEnumerable<PropertyInfo> Parameters(Type task) => task.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly);
}
