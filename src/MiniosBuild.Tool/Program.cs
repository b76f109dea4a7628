using System.CommandLine;
using System.CommandLine.Help;
using MiniosBuild.Tool;
using MiniosBuild.Tool.Commands;

var root = new RootCommand("Runs Mini-OS guests.")
{
    new RunCommand(),
};
var help = root.Options.OfType<HelpOption>().Single();
help.Action = new ExitCodeHelp((HelpAction)help.Action!);
return Invocation.Run(root, args);
