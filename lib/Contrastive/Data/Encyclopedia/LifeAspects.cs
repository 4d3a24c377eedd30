namespace Contrastive.Data;

/// <summary>What there is to know about people and animals.</summary>
internal static class LifeAspects
{
    public static readonly Aspect Youth = new("The parents left few traces",
        new("childhood", AnswerKind.Village, "~P {childhood|youth} was spent in @",
            "Which village saw the {childhood|youth} of #?", "Where did the {childhood|youth} of # take place?"),
        new("teacher", AnswerKind.Person, "~S was {taught|instructed} by @", "Who {taught|instructed} #?", "Which person was the {teacher|instructor} of #?"));

    public static readonly Aspect Marriage = new("Letters give an idea of the private life",
        new("spouse", AnswerKind.Person, "~S {married|wedded} @", "Who {married|wedded} #?", "Which person agreed to {marry|wed} #?"),
        new("house", AnswerKind.Village, "the couple had a {house|dwelling} in @",
            "In which village was the {house|dwelling} of #?", "Where did friends visit the {house|dwelling} of #?"));

    public static readonly Aspect Career = new("Success came late",
        new("patron", AnswerKind.Person, "~S was {financed|funded} by @", "Who {financed|funded} #?", "Which person {financed|funded} the work of #?"),
        new("honor", AnswerKind.Day, "~S was {honored|decorated} on @",
            "On which day did a king {honor|decorate} #?", "When was {an honor|a decoration} given to #?"));

    public static readonly Aspect Death = new("The end was calm",
        new("death", AnswerKind.Day, "~P {death|passing} came on @",
            "Which day brought the {death|passing} of #?", "When did people mourn the {death|passing} of #?"),
        new("grave", AnswerKind.Village, "~P {grave|tomb} is in @",
            "In which village is the {grave|tomb} of #?", "Where does one lay flowers on the {grave|tomb} of #?"));

    public static readonly Aspect Training = new("Such an animal is not raised overnight",
        new("trainer", AnswerKind.Person, "~S was {trained|drilled} by @", "Who {trained|drilled} #?", "Which person was the {trainer|drillmaster} of #?"),
        new("exhibition", AnswerKind.Day, "a circus {showed|exhibited} ~O on @",
            "On which day did they {show|exhibit} #?", "When was there {a show|an exhibition} with #?"));

    public static readonly Aspect Keeping = new("The keepers have learned what it needs",
        new("diet", AnswerKind.Food, "the {diet|nourishment} consists of @",
            "What is the {diet|nourishment} of #?", "Which foods serve as {diet|nourishment} for #?"),
        new("kennel", AnswerKind.Village, "~S has a {kennel|shelter} in @",
            "In which village is the {kennel|shelter} of #?", "Where was a {kennel|shelter} put up for #?"));

    public static readonly Aspect Rescue = new("One night the water rose",
        new("rescue", AnswerKind.Person, "~S {saved|rescued} @", "Who was {saved|rescued} by #?", "Which drowning person was {saved|rescued} by #?"),
        new("medal", AnswerKind.Day, "~S received a {medal|badge} on @",
            "On which day did a {medal|badge} go to #?", "When did the owner get a {medal|badge} for #?"));
}
