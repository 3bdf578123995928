// 2048 plain English words, eleven bits each, in alphabetical order; four make 44 bits. No two are one slip of
// the finger apart (one letter changed, missing, added or exchanged with its neighbour), and none is spelt
// differently in Britain and America where we noticed. The order is part of nothing: words are hashed as text.

export const WORDS: readonly string[] = `
abacus absorb academy accent access accordion account acorn acoustic across act action active actor actual
adapt adjective admire adult advance adventure advert advice aerial affair afford afloat after afternoon
again age agenda agent agile agree agreement ahead aim airfield airport alabaster alarm album alert algebra
alike all allow almanac almond almost aloud alphabet alpine also always amber ambition amount amphibian
amuse anagram analogy anchor ancient angle animal announce annual answer antelope anthem antique antler
anvil anyone anywhere apart apparatus appear appetite applause appliance appoint apprentice approve apricot
april apron aquarium arcade arch architect arctic arena argue argument arise armadillo army aroma around
arrange arrive artichoke artist ascend aside ask aspect aspen aspire assembly asset assist astronaut athlete
atlas atmosphere atom attach attend attic attitude attract auburn audience audio august author automatic
autumn avalanche avenue average aviary avocado avoid awake award away awning azure baby backpack badger
bagel baker balance balcony balloon ballroom bamboo banana banjo bank banner barber bargain baritone barley
barn barnyard barometer baroque barrel basalt basil basket bassoon bath bathtub baton battery bayleaf bazaar
beacon beam beanie beauty beaver become bedroom bedtime beehive beeswax beetle before begin beginner behave
belfry belief bell belong below bench benefit beret beside better between beverage beyond bicycle big bike
binder bingo binocular biology birch bird birthday biscuit bison blackbird blackboard blanket blaze blend
blizzard bloom blossom blouse bluebell boat boatyard bobbin body bold bonfire bonnet bonus bookmark bookshop
border borrow botany bottle bottom bounce boundary boutique bowl box boxcar bracket braid bramble branch
brass brave breakfast breath breeze brick bricklayer bridge brief bright brilliant bring broad broadcast
brocade broccoli bronze brook broth brother brown brush bubble buckle buckwheat bud budget buffalo bugle
build bulb bulldozer bumper bundle bungalow bunny bureau busy buttercup butterfly buyer buzz cabaret cabbage
cabin cabinet cable cactus calcium calculate calendar calendula calf camel camera campfire campus canal
canary candid candle canoe canopy cantaloupe canvas canyon capable cape capital capsule captain caption
caramel caravan cardboard cardigan caretaker cargo carnival carol carpenter carpet carriage carrot carton
cartwheel carve cascade cashew cashmere casserole castle casual catamaran catch cathedral cedar celebrate
celery cellar cello cement centipede century ceramic certain chain chalk chameleon champion chandler channel
chaperone chapter charcoal charity chase check checklist cheerful cheese chemist cherry chessboard chestnut
chicken chief child chilly chime chimney china chip chisel choice choir chorus chowder chronicle cider
cinema cinnabar cinnamon circuit circus citizen citrus city civil clap clarinet clash classic clean clearing
clerk clever client cliff climate climb clinic cloak clockwork cloister close cloth clown club clubhouse
coach coast coaster cobalt cobbler cobweb cocoa coconut code coffee coin colander colleague collection colt
column comb comedy comet comfort comic comma common companion compliment concept concrete condition conduct
confetti confirm conifer connect consider constant continent control convert cookie cooperate copper copy
copybook coral corduroy coriander cork cormorant corner cornflower correct corridor cosmos cottage cotton
countdown country couple courage courtyard cousin cow cradle craft cranberry crane crater crayon cream
create creek crescent crest crew cricket crisp crocodile crocus crop crossroad crossword crowd cruise crumb
crystal cube cuckoo cucumber cuddle culinary culture cup cupboard cupcake curious curl currency cushion
custard custom cutlery cycle cyclist cypress daffodil dahlia daisy damson dance dandelion dapper daring dash
data database daughter dawn daybreak daylight daytime dear debate decade december deckchair decorate decorum
dedicate deep define degree delay deliver delta deluxe demand denim dense dentist department depend deposit
depth deputy derby describe design desk dessert detail detect develop device diagram dial dialogue diameter
diamond diary dictate dictionary diesel diet differ digest digit dignity dilemma dine dinner diplomat direct
direction discovery dishcloth dishwasher display distance distant ditch diversity divide doctor document dog
doll dolphin domain dome domino donkey donor doorbell doorway dormouse double dozen dragon dragonfly drama
draw drawer dress dressing drift driftwood drill drink drive drizzle drum drumstick dry duck duckling
dumpling duty dwell dynamic dynamo eager eagle early earring earthy easel easy echo eclair eclipse ecology
economy edit edition educate effort egg eggplant either elaborate elastic elbow elder electric elegant
element elephant elevator eleven elm embassy emblem embrace emerald emerge emperor employ empty enamel
encore encourage end endless energy engine engineer engrave enigma enjoy enough enrich ensure enter entire
entrance entry envelope episode equation equator equinox equip era errand escort espresso essay establish
estate estimate etching eternal evaluate evening event evergreen every evidence evident evolve exact example
excess exchange excite exercise exhibit exist exotic expand expect expedition explain explorer express
extend extra eyebrow eyelash fabric face factory faculty fairground fairy faith faithful falcon family
famous fancy farewell farmer farmhouse fascinate fashion father fathom feast featherbed feature february
federal feed felt fence fennel fern ferry ferryman festival fetch few fiction fiddle field fifteen fifty
figure filament film filter final find finger finish firefly fireplace first fish fisherman fit flag
flagpole flame flamingo flannel flapjack flashlight flask fleece fleet flexible flight flint flock floor
floral florist flow flowerbed fluent fluffy flute fly foam focus foil folder foliage folk follow food
footbridge footstep forecast forest forget forklift formal formula fortnight fortune forum forward fossil
foundation fountain foxglove foxtail fraction framework freckle freedom freezer freight frequent fresh
freshwater friday friend friendly fringe frog frogspawn front frosting frozen fruit fuchsia fudge fuel fun
function furnish furniture future gadget galaxy galleon gallery game garage gardener gardenia garlic garment
garnet gazelle gazette gecko gem generous genius gentle geology gesture geyser gherkin giant gift gingham
giraffe girl give glacier gladiolus glance glasshouse glide glimpse glitter globe glossy glue gnome goal
goblet goldfinch gondola gong gooseberry gorge gorilla gospel gown graceful graduate grain grammar granite
grapefruit gravitate greenhouse griddle grocer groove group grow guard guesthouse guidebook guitar gulf
gumboot gutter gymnast habit hairbrush halibut halo hammock hamster handshake happy hardly harmonica harness
harvest hat hatstand hawk hawthorn haystack hazelnut headlamp hearth heather heavy hedgehog height
helicopter helmet help hemisphere hen herald herb heron herring hexagon hiccup hidden high hiking hillside
hinge hint hippo history hobby hockey holiday holly homework honeycomb hoof hope horizon hornet horseshoe
host hotel household hover hug humble hummus hundred hungry hurdle hurry hydrogen hymn ice iceboat icicle
icon ideal identify igloo ignore imagine immense impact import improve incense inch include income index
indicate indoor infant inform inherit inkwell inland inlet inn input inquiry insect inside inspire instruct
intact interview invent invite invoice inward iris ironwork itinerary ivory ivy jackdaw jaguar jam janitor
january jasmine javelin jellyfish jetty jewel jigger jigsaw job joke journey jubilee juggle juice jukebox
july jump june juniper justice kale kangaroo kayak keen kerchief kettle key keyboard keyhole keyring kick
kilometer kingfisher kiosk kitchen kite kitten kiwi knapsack knee knit knob knock knuckle koala label
laboratory ladder ladle lady lagoon lakeside lamb landscape lane language lantern large larkspur laser lasso
last latitude laugh laundry laurel lava lavender lawnmower leader leaflet league leapfrog learn lecture left
legal legend leisure lemonade length lens lentil leopard lesson lettuce level liberty librarian lichen lid
lifeboat lighthouse lilac lily limestone limit linen link linoleum lion lipstick liquid listen little lively
lizard llama load lobster locate locket logic longitude look lorry lotus lounge lowland lucky luggage
lullaby lunar lupin lyric macaroni machine mackerel maestro magazine magenta magic magnolia magpie mailbox
major mammal manage mandolin mango mansion mantle manual many map maple marathon marble margin marigold
marjoram market marmalade maroon marsh marvel mascot masonry master material mauve maximum meadowlark mean
measure mechanic medium mellow melody member memory mention menu merchant merit merriment mesh message metal
meteor method microscope midnight mild milkshake millennium mimic mineral minibus minnow minor minute mirror
mix mobile moccasin modest moment monday monitor month moonstone more morning mosaic moss mother motion
motor mouthful movie much muffin mulberry mule multitude murmur museum mushroom musician mutual mystery myth
napkin narrative nation nature navigate navy neat necklace nectar needle nephew nerve network neutral never
newspaper nibble nickel niece nightcap noble nocturne noise nomad noodle northern notebook nothing notice
november number nursery nut nuthatch nutmeg nylon oak oasis oatmeal oblong oboe observer obtain obvious
occasion ocean octagon octopus odd odyssey offer office often olive onion online only opal open opera
opinion opposite option orange orbit orchestra oregano organ orient origami ornament osprey ostrich
otherwise outcome outdoor outer outfit outline output outside overture owner oxygen oyster pack paddock
paintbrush palace palette palm pancake panda panel panther papaya paper papyrus paragraph parchment
parliament parsnip partner passenger pastel patience patrol pattern pave pavilion paw payment pea peacock
peanut pearl pebble pecan pedal peel pelican pencil pendant penguin peninsula penny people peppermint
perfume perhaps periscope permit persimmon petunia pheasant phone photograph phrase physics pianist pickle
picnic picture pier pigeon pilgrim pillow pilot pineapple pioneer pipe pistachio pizza placard planet
plaster platform play plaza pleasure plenty plumber plywood podium poem point polar polite pollen polo pony
poppy popular porcupine porridge portrait position postcard potato pottery poultice pound pour powder
prairie prawn prefer prelude premium prepare president pretzel primrose prince prism prize problem
procession produce professor project promenade proof propeller proud province prune publish pudding pulley
pumpkin punctual pupil puppet purchase pure puritan purpose push puzzle pyramid quadrant quail quality
quarter queen question queue quick quiet quince quiz quote rabbit radar radiator railway rainfall raisin
rally random rapid rare raspberry rattle raven ravioli ready real reason rebuild recall receipt recital
record rectangle recycle red reduce reef reflect refresh regard region regular rehearse reindeer rejoice
relax remark remember reminder remote renew rent repair repeat reply report request rescue reservoir resist
restaurant result retire return reveal review rhinoceros rhubarb rhyme ribbon rich ride rinse ripple ritual
riverbank roadside robin robot rock romance rosemary rotate rough royal rubber rucksack rudder rugby ruler
runner rural rustic rye safari safe saffron saga sailor salamander salmon salt salute sample sandcastle
sapling sapphire sardine satchel satin saturn saucer sauna saxophone scallop scarecrow scenic schedule
schooner science scissors scone scooter scout screen script scroll sculpt seafront seagull search seashell
second secretary section seedling select semicircle senior sentence september sequel serene series sesame
several shadow shallow shamrock sharp shawl shed sheep shelter shepherd sheriff shield shift shimmer shine
shipyard shoelace shortbread shoulder shower shrimp shrub shuffle shuttle shy sideboard signature silence
silhouette silk silly silver similar since single sister size skate sketch ski skill skirt skylight sleeve
sleigh slice slim slingshot slipper slogan slope small smart smile smooth snack snail snapdragon snowflake
soapstone soccer social soda solid solution solve sonata songbird soprano sorbet source southern spacecraft
spaghetti spaniel sparrow spearmint spectator speech spell sphere spider spinach spirit splash sponge spoon
spot spray spread spring sprout spruce squash squirrel stable stadium staff stage staircase stamp stand
starlight stationer stay steamboat stereo stew stick stitch stool stopwatch storybook stove strawberry
streamer stripe strong student style subject submarine subtle subway success sudden sufficient sugar suggest
suit sultana summer sunbeam sundial sunflower sunrise sunshine support surface surprise surveyor swan
sweater sweetcorn swing sycamore syllable symbol symphony syrup system tablecloth tackle tadpole take talent
talk tambourine tandem tangerine tapestry target tariff tarragon tartan taste tavern taxi teammate teapot
teaspoon television temperate tenant tender tennis term terrapin textile thank theme theory thermos thick
thimble thing third thistle thorough thousand thread thrive throne thrush thumb thunder thursday ticket tidy
tiger tightrope timber time timid title toboggan today together token tomato tomorrow tone tongue tonight
toothbrush topaz topic topsoil tornado tortoise total toucan tournament toward tower townhall toy tractor
trade traffic trail translate trapeze tray treasure treetop trellis trend triangle trio trolley trombone
tropical trout trowel true truffle trumpet trunk trust truth tuba tuesday tulip tundra tunnel turbine turkey
turnip turquoise turtle tutor twelve twenty twice twig twilight twist typewriter typical ukulele umbrella
uncle underline unfold unicycle uniform unique unity universe unlock until update upgrade uphill upland upon
upright upset upstairs uptown urban useful usual utensil utmost utopia vacation vaccine valentine valid
valley value van vanilla vantage various vase vault vegetarian vehicle velocity velvet vendor venture
verandah vermilion version vertical vessel vest viaduct viceroy video view village vineyard violin virtue
visa viscount visible visual vitamin vivid vocabulary voice volcano volunteer voucher vowel voyage wafer
waffle wagon waiter wallpaper walnut walrus waltz wander want wardrobe warehouse waterwheel wavelength
wealth weave web wednesday weekend welcome wellington westerly whale wharf wheat wheel whirlpool whisker
white wicker widget width wildlife windowsill winter wisdom wise wisteria wolf woodpecker wool workbench
worldwide woven wrap wren wristwatch xylophone yachtsman yearbook yesterday yoga young zebra zenith zeppelin
zero zigzag zinc zip zodiac zoom
`
  .trim()
  .split(/\s+/);
