using System.CommandLine;
using System.CommandLine.Help;
using MiniosBuild.Tool;
using MiniosBuild.Tool.Commands;

var root = new RootCommand("Checks, plans and changes the global names of static libraries and their headers, moves sources to new names, and runs Mini-OS guests.")
{
    new InitCommand(),
    new CheckCommand(),
    new PlanCommand(),
    new ApplyCommand(),
    new AdoptCommand(),
    new ApiCommand(),
    new ExplainCommand(),
    new ConsumersCommand(),
    new LibcCheckCommand(),
    new HeadersCommand(),
    new MigrateCommand(),
    new RunCommand(),
};
var help = root.Options.OfType<HelpOption>().Single();
help.Action = new ExitCodeHelp((HelpAction)help.Action!);
return Invocation.Run(root, args);
